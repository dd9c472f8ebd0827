package dev.meetgate.http;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Writes times as RFC 3339 in UTC. */
final class TimeSerializer extends StdScalarSerializer<Instant> {

    TimeSerializer() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        json.writeString(utc.getNano() == 0 ? ITU.formatUtc(utc) : time.toString());
    }
}
