package dev.meetgate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TimeSerializerTest {

    @Inject
    ObjectMapper json;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59Z",
                "1970-01-01T00:00:00Z",
                "2027-01-15T09:05:07Z",
                "2028-02-29T23:59:59Z",
                "9999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2027-01-15T09:05:07.100Z",
                "2027-01-15T09:05:07.000000001Z",
            })
    void writesAnInstantAsItsText(String text) throws JsonProcessingException {
        assertEquals('"' + text + '"', json.writeValueAsString(Instant.parse(text)));
    }

    @Test
    void writesIntoTrees() {
        var time = Map.of("at", Instant.parse("2027-01-15T09:05:07Z"));
        assertEquals("2027-01-15T09:05:07Z", json.valueToTree(time).path("at").asText());
    }

    @Test
    void isRegistered() throws JsonMappingException {
        var found = json.getSerializerProviderInstance().findValueSerializer(Instant.class);
        assertInstanceOf(TimeSerializer.class, found);
    }
}
