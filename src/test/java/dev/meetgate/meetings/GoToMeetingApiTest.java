package dev.meetgate.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.gotoapi.GoToClients;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoToMeetingApiTest {

    private final ObjectMapper wire = GoToClients.wireMapper();

    @Test
    void skipsNulls() throws JsonProcessingException {
        String answer = "[null, {\"meetingId\": 4815162342, \"coorganizerKeys\": [null, \"7\"]}, null]";

        List<WireMeeting> meetings = read(answer);

        assertEquals(1, meetings.size());
        assertEquals("4815162342", meetings.get(0).meetingId());
        assertEquals(List.of("7"), meetings.get(0).coorganizerKeys());
    }

    @Test
    void readsValuesOfAnyShape() throws JsonProcessingException {
        String answer = """
                {"meetingid": 4815162342, "passwordRequired": true, "coorganizerKeys": 7, "joinUrl": "https://example.com/",
                 "status": null, "more": {"meetingId": "no", "deep": [{"subject": "no"}]}, "subject": "Planning"}""";

        WireMeeting meeting = read(answer).get(0);

        assertEquals("4815162342", meeting.meetingId());
        assertEquals("true", meeting.passwordRequired());
        assertEquals(List.of("7"), meeting.coorganizerKeys());
        assertEquals("https://example.com/", meeting.joinURL());
        assertNull(meeting.status());
        assertEquals("Planning", meeting.subject());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[]]",
                "[\"meeting\"]",
                "[{\"meetingId\": {\"id\": 1}}]",
                "[{\"subject\": [\"Planning\"]}]",
                "[{\"coorganizerKeys\": {\"key\": 1}}]",
                "[{\"coorganizerKeys\": [[7]]}]",
                "[{\"meetingId\": 1",
                "[{\"meetingId\": 1}"
            })
    void refusesAnythingButMeetings(String answer) {
        assertThrows(JsonProcessingException.class, () -> read(answer));
    }

    private List<WireMeeting> read(String answer) throws JsonProcessingException {
        return wire.readValue(answer, new TypeReference<>() {});
    }
}
