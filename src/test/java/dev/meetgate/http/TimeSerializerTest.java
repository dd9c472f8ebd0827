package dev.meetgate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSerializerTest {

    private final ObjectMapper json =
            new ObjectMapper().registerModule(new SimpleModule().addSerializer(Instant.class, new TimeSerializer()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-01-15T09:00:00Z",
                "1969-12-31T23:59:59Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2028-02-29T00:00:00.100Z",
                "2027-01-15T09:00:00.123456Z"
            })
    void writesTimesAsTheyAreReadAgain(String time) throws JsonProcessingException {
        assertEquals('"' + time + '"', json.writeValueAsString(Instant.parse(time)));
    }
}
