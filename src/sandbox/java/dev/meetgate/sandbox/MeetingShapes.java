package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;

/** Meetings as GoTo's calls answer them. No two calls agree on names and types, and requests look different again. */
record MeetingShapes(Dress dress, URI url) {

    private static final int MAX_PARTICIPANTS = 151;

    JsonObject created(Meeting meeting) {
        return new JsonObject()
                .put("joinURL", joinUrl(meeting))
                .put("meetingid", dress.number(meeting.id()))
                .put("maxParticipants", MAX_PARTICIPANTS)
                .put("uniqueMeetingId", dress.number(meeting.id()))
                .put("conferenceCallInfo", dress.audio(meeting));
    }

    /** There is no join URL in it. */
    JsonObject read(Meeting meeting) {
        MeetingRequest request = meeting.request();
        JsonObject json = withStatus(common(meeting))
                .put("createTime", "")
                .put("passwordRequired", dress.flag(request.passwordRequired()))
                .put("startTime", dress.time(request.startTime()))
                .put("endTime", dress.time(request.endTime()))
                .put(
                        "duration",
                        Duration.between(request.startTime(), request.endTime()).toMinutes())
                .put("maxParticipants", MAX_PARTICIPANTS)
                .put("meetingId", dress.number(meeting.id()))
                .put("meetingKey", dress.number(meeting.id()))
                .put("uniqueMeetingId", dress.number(meeting.id()));
        return request.coorganizerKeys().isEmpty()
                ? json
                : json.put("coorganizerKeys", new JsonArray(request.coorganizerKeys()));
    }

    JsonObject upcoming(Meeting meeting) {
        return withStatus(organized(meeting))
                .put("passwordRequired", dress.flag(meeting.request().passwordRequired()))
                .put("startTime", dress.time(meeting.request().startTime()))
                .put("endTime", dress.time(meeting.request().endTime()));
    }

    JsonObject upcomingOfGroup(Meeting meeting, Group group) {
        JsonObject json = upcoming(meeting).put("groupName", group.name());
        json.remove("conferenceCallInfo");
        return json;
    }

    JsonObject organized(Meeting meeting) {
        return organizer(common(meeting), meeting)
                .put("accountKey", dress.key(meeting.organizer().accountKey()))
                .put("organizerKey", dress.key(meeting.organizer().organizerKey()))
                .put("locale", "en_US")
                .put("meetingId", dress.key(meeting.id()));
    }

    static JsonObject organizer(JsonObject json, Meeting meeting) {
        Account organizer = meeting.organizer();
        return json.put("firstName", organizer.firstName())
                .put("lastName", organizer.lastName())
                .put("email", organizer.email());
    }

    JsonObject common(Meeting meeting) {
        return new JsonObject()
                .put("subject", dress.subject(meeting.request().subject()))
                .put("meetingType", dress.meetingType(meeting.request().type()))
                .put("conferenceCallInfo", dress.audio(meeting));
    }

    private JsonObject withStatus(JsonObject json) {
        return dress == Dress.PLAIN ? json.put("status", "INACTIVE") : json;
    }

    /** Not at GoTo's own host: a number that was made up here is somebody's room there. */
    String joinUrl(Meeting meeting) {
        return url + "/room/" + meeting.id();
    }
}
