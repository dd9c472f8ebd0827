package dev.meetgate.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times in the words of {@link Instant#toString}, whatever {@code @JsonFormat} says. By position: a formatter takes many times as long,
 * twice for each meeting of a list.
 */
final class TimeSerializer extends StdScalarSerializer<Instant> {

    private static final long YEAR_10000 =
            Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

    TimeSerializer() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (isUsual(time)) {
            char[] text = usual(LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC));
            json.writeString(text, 0, text.length);
        } else {
            json.writeString(time.toString());
        }
    }

    private static boolean isUsual(Instant time) {
        return time.getNano() == 0 && time.getEpochSecond() >= 0 && time.getEpochSecond() < YEAR_10000;
    }

    private static char[] usual(LocalDateTime utc) {
        char[] text = "0000-00-00T00:00:00Z".toCharArray();
        write(utc.getYear(), text, 3);
        write(utc.getMonthValue(), text, 6);
        write(utc.getDayOfMonth(), text, 9);
        write(utc.getHour(), text, 12);
        write(utc.getMinute(), text, 15);
        write(utc.getSecond(), text, 18);
        return text;
    }

    /** Over the zeros that end there. */
    private static void write(int number, char[] text, int end) {
        int rest = number;
        for (int i = end; rest > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
