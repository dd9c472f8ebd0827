package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;

/** Meetings as JSON, in the form of each of GoTo's calls: names and types differ from call to call. */
record MeetingShapes(Dress dress, URI url) {

    private static final int MAX_PARTICIPANTS = 151;

    JsonObject created(StoredMeeting meeting) {
        return new JsonObject()
                .put("joinURL", joinUrl(meeting))
                .put("meetingid", dress.number(meeting.id()))
                .put("maxParticipants", MAX_PARTICIPANTS)
                .put("uniqueMeetingId", dress.number(meeting.id()))
                .put("conferenceCallInfo", dress.audio(meeting));
    }

    /** GoTo leaves out the join URL here. */
    JsonObject read(StoredMeeting meeting) {
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

    JsonObject upcoming(StoredMeeting meeting) {
        return withStatus(organized(meeting))
                .put("passwordRequired", dress.flag(meeting.request().passwordRequired()))
                .put("startTime", dress.time(meeting.request().startTime()))
                .put("endTime", dress.time(meeting.request().endTime()));
    }

    JsonObject upcomingOfGroup(StoredMeeting meeting, Group group) {
        JsonObject json = upcoming(meeting).put("groupName", group.name());
        json.remove("conferenceCallInfo");
        return json;
    }

    JsonObject organized(StoredMeeting meeting) {
        return organizer(common(meeting), meeting)
                .put("accountKey", dress.key(meeting.organizer().accountKey()))
                .put("organizerKey", dress.key(meeting.organizer().organizerKey()))
                .put("locale", "en_US")
                .put("meetingId", dress.key(meeting.id()));
    }

    static JsonObject organizer(JsonObject json, StoredMeeting meeting) {
        Person organizer = meeting.organizer();
        return json.put("firstName", organizer.firstName())
                .put("lastName", organizer.lastName())
                .put("email", organizer.email());
    }

    JsonObject common(StoredMeeting meeting) {
        return new JsonObject()
                .put("subject", dress.subject(meeting.request().subject()))
                .put("meetingType", dress.meetingType(meeting.request().type()))
                .put("conferenceCallInfo", dress.audio(meeting));
    }

    private JsonObject withStatus(JsonObject json) {
        return dress == Dress.PLAIN ? json.put("status", "INACTIVE") : json;
    }

    /** The host is the sandbox: at GoTo, a real person may have a room with this id. */
    String joinUrl(StoredMeeting meeting) {
        return url + "/room/" + meeting.id();
    }
}
