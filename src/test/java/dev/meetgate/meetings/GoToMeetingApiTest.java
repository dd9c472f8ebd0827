package dev.meetgate.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoToMeetingApiTest {

    private final ObjectMapper wire = GoToMeetingApi.wire(new ObjectMapper());

    @Test
    void passesOverWhatIsNothing() throws JsonProcessingException {
        String answer = "[null, {\"meetingId\": 4815162342, \"coorganizerKeys\": [null, \"7\"]}, null]";

        List<WireMeeting> meetings = wire.readValue(answer, new TypeReference<>() {});

        assertEquals(1, meetings.size());
        assertEquals("4815162342", meetings.get(0).meetingId());
        assertEquals(List.of("7"), meetings.get(0).coorganizerKeys());
    }
}
