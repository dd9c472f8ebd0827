package dev.meetgate.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewMeetingTest {

    private static final NewMeeting.Request NOTHING = new NewMeeting.Request(null, null, null, null, null, null, null);

    @ParameterizedTest
    @CsvSource({"Webinar, Webinar", "Scheduled, scheduled", "RECURRING, recurring", "'', scheduled", ", scheduled"})
    void keepsAnUnknownType(@Nullable String shown, String written) {
        assertEquals(written, unchanged(shown).meetingtype());
    }

    /** GoTo accepts neither fractions of a second nor angle brackets. */
    @Test
    void keepsValuesThatTheCallerDidNotSend() {
        String subject = "x".repeat(101);
        assertEquals(
                new WireNewMeeting(
                        subject + "&lt;",
                        "2050-01-15T09:00:00Z",
                        "2020-01-15T10:00:00Z",
                        true,
                        "VoIP",
                        "",
                        "scheduled",
                        List.of("jane")),
                unchanged("scheduled", subject + "&lt;"));
    }

    private static WireNewMeeting unchanged(@Nullable String type) {
        return unchanged(type, "Planning");
    }

    private static WireNewMeeting unchanged(@Nullable String type, String subject) {
        var shown = new WireMeeting(
                "1",
                subject,
                "2050-01-15T09:00:00.+0000",
                "2020-01-15T10:00:00.999Z",
                type,
                null,
                "true",
                null,
                null,
                List.of("jane"),
                null,
                null,
                null,
                null,
                null);
        return WireNewMeeting.of(NOTHING.over(shown.toMeeting(), shown.wireType(), Instant.now()));
    }
}
