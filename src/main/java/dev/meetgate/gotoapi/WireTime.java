package dev.meetgate.gotoapi;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** Times of GoTo's API: {@code …09:00:00Z}, {@code …09:00:00.+0000}, or without an offset for UTC. */
public final class WireTime {

    private static final int DATE_LENGTH = "2027-01-15".length();
    private static final int LENGTH_WITHOUT_OFFSET = "2027-01-15T09:00:00".length();

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(ISO_LOCAL_TIME)
            .optionalStart()
            .appendLiteral('.')
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private WireTime() {}

    /** Null if the time is missing or unreadable, so that one bad meeting does not hide the others. */
    public static @Nullable Instant parse(@Nullable String text) {
        if (text == null || text.length() < LENGTH_WITHOUT_OFFSET || text.charAt(DATE_LENGTH) != 'T') {
            return null;
        }
        try {
            return ITU.parseDateTime(rfc3339(text)).toInstant();
        } catch (DateTimeException unusual) {
            return unusual(text);
        }
    }

    /** Most of GoTo's times are in UTC and nearly RFC 3339, which ITU reads faster than {@link #FORMAT}. */
    private static String rfc3339(String text) {
        if (text.endsWith(".+0000")) {
            return text.substring(0, text.length() - ".+0000".length()) + "Z";
        }
        return text.length() == LENGTH_WITHOUT_OFFSET ? text + "Z" : text;
    }

    private static @Nullable Instant unusual(String text) {
        try {
            var time = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime withOffset
                    ? withOffset.toInstant()
                    : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
