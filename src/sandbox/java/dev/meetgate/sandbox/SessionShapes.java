package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;

/** Past sessions and who came to them, as GoTo's calls answer them. */
record SessionShapes(MeetingShapes meetings) {

    private static final long FILE_SIZE = 123_456_789;

    JsonObject historical(Session session) {
        JsonObject json = held(session).put("sessionId", dress().key(session.id()));
        return session.recorded() ? json.put("recording", recording(session)) : json;
    }

    /** It does not name the session. */
    JsonObject historicalOfGroup(Session session, Group group) {
        JsonObject json = held(session).put("groupName", group.name());
        json.remove("conferenceCallInfo");
        return json;
    }

    Stream<JsonObject> attendees(Session session) {
        return attendances(session, "NA");
    }

    Stream<JsonObject> attendeesOfOrganizer(Session session) {
        Account organizer = session.meeting().organizer();
        return attendances(session, "NA").map(attendance -> attendance
                .put("name", organizer.firstName() + " " + organizer.lastName())
                .put("newMeetingId", dashed(session.meeting())));
    }

    Stream<JsonObject> attendeesOfGroup(Session session, Group group) {
        Account organizer = session.meeting().organizer();
        return attendances(session, group.name()).map(attendance -> {
            attendance.remove("name");
            return attendance.put("organizerKey", dress().key(organizer.organizerKey()));
        });
    }

    private Stream<JsonObject> attendances(Session session, String groupName) {
        return session.attendees().stream().map(attendee -> attendance(session, attendee, groupName));
    }

    /** First name, last name and email are the organizer's. */
    private JsonObject attendance(Session session, Session.Attendee attendee, String groupName) {
        Meeting meeting = session.meeting();
        return MeetingShapes.organizer(meetings.common(meeting), meeting)
                .put("groupName", groupName)
                .put("name", attendee.name())
                .put("attendeeName", attendee.name())
                .put("attendeeEmail", attendee.email())
                .put("startTime", dress().time(session.start()))
                .put("endTime", dress().time(session.end()))
                .put("joinTime", dress().time(session.start()))
                .put("leaveTime", dress().time(session.end()))
                .put("duration", session.minutes())
                .put("numAttendees", session.attendees().size())
                .put("organizerkey", dress().number(meeting.organizer().organizerKey()))
                .put("meetingInstanceKey", dress().number(session.id()))
                .put("meetingId", dress().number(meeting.id()));
    }

    private JsonObject held(Session session) {
        return meetings.organized(session.meeting())
                .put("startTime", dress().time(session.start()))
                .put("endTime", dress().time(session.end()))
                .put("duration", dress().key(session.minutes()))
                .put("numAttendees", dress().key(session.attendees().size()));
    }

    /** In quirky dress the address to share is that of the host alone, and shares nothing. */
    private JsonObject recording(Session session) {
        String share = meetings.url() + "/";
        return new JsonObject()
                .put("recordingName", session.meeting().request().subject())
                .put("recordingId", dress().key(session.id()))
                .put("downloadUrl", meetings.url() + "/recordings/" + session.id() + ".mp4")
                .put("fileSize", dress().number(FILE_SIZE))
                .put("shareUrl", dress() == Dress.PLAIN ? share + "s/" + session.id() : share);
    }

    private static String dashed(Meeting meeting) {
        return Long.toString(meeting.id()).replaceFirst("(...)(...)(...)", "$1-$2-$3");
    }

    private Dress dress() {
        return meetings.dress();
    }
}
