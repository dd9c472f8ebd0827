package dev.meetgate.gotoapi;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Times as GoTo sends them: {@code …09:00:00Z}, {@code …09:00:00.+0000}, or with no offset, which means UTC. */
public final class WireTime {

    private static final String SHAPE = "0000-00-00T00:00:00";

    /** What follows the seconds of a time in UTC, which nearly all are. */
    private static final Set<String> UTC = Set.of("", "Z", ".+0000", "+0000");

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

    /** Nothing where GoTo sent nothing, or what cannot be read: one odd meeting does not hide the others. */
    public static @Nullable Instant parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return isUsual(text) ? usual(text) : unusual(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static boolean isUsual(String text) {
        if (text.length() < SHAPE.length() || !UTC.contains(text.substring(SHAPE.length()))) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char is = text.charAt(i);
            if (SHAPE.charAt(i) == '0' ? is < '0' || is > '9' : is != SHAPE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** By position. A formatter takes many times as long, and is most of what a list of meetings costs. */
    private static Instant usual(String text) {
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19))
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int begin, int end) {
        int number = 0;
        for (int i = begin; i < end; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private static Instant unusual(String text) {
        var time = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }
}
