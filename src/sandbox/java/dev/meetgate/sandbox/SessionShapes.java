package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;

/** Past sessions and their attendees as JSON, in the form of each of GoTo's calls. */
record SessionShapes(MeetingShapes meetings) {

    private static final long FILE_SIZE = 123_456_789;

    JsonObject historical(HeldSession session) {
        JsonObject json = held(session).put("sessionId", dress().key(session.id()));
        return session.recorded() ? json.put("recording", recording(session)) : json;
    }

    /** GoTo leaves out the session's id here. */
    JsonObject historicalOfGroup(HeldSession session, Group group) {
        JsonObject json = held(session).put("groupName", group.name());
        json.remove("conferenceCallInfo");
        return json;
    }

    Stream<JsonObject> attendees(HeldSession session) {
        return attendances(session, "NA");
    }

    Stream<JsonObject> attendeesOfOrganizer(HeldSession session) {
        Person organizer = session.meeting().organizer();
        return attendances(session, "NA").map(attendance -> attendance
                .put("name", organizer.firstName() + " " + organizer.lastName())
                .put("newMeetingId", session.meeting().accessCode()));
    }

    Stream<JsonObject> attendeesOfGroup(HeldSession session, Group group) {
        Person organizer = session.meeting().organizer();
        return attendances(session, group.name()).map(attendance -> {
            attendance.remove("name");
            return attendance.put("organizerKey", dress().key(organizer.organizerKey()));
        });
    }

    private Stream<JsonObject> attendances(HeldSession session, String groupName) {
        return session.attendees().stream().map(attendee -> attendance(session, attendee, groupName));
    }

    /** {@code firstName}, {@code lastName} and {@code email} are the organizer's, not the attendee's. */
    private JsonObject attendance(HeldSession session, HeldSession.Attendee attendee, String groupName) {
        StoredMeeting meeting = session.meeting();
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

    private JsonObject held(HeldSession session) {
        return meetings.organized(session.meeting())
                .put("startTime", dress().time(session.start()))
                .put("endTime", dress().time(session.end()))
                .put("duration", dress().key(session.minutes()))
                .put("numAttendees", dress().key(session.attendees().size()));
    }

    /** In recorded answers {@code shareUrl} is a host without a path, which nobody can use. */
    private JsonObject recording(HeldSession session) {
        String share = meetings.url() + "/";
        return new JsonObject()
                .put("recordingName", session.meeting().request().subject())
                .put("recordingId", dress().key(session.id()))
                .put("downloadUrl", meetings.url() + "/recordings/" + session.id() + ".mp4")
                .put("fileSize", dress().number(FILE_SIZE))
                .put("shareUrl", dress() == Dress.PLAIN ? share + "s/" + session.id() : share);
    }

    private Dress dress() {
        return meetings.dress();
    }
}
