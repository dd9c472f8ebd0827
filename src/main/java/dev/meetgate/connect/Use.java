package dev.meetgate.connect;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.UserEntries;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a connection was used for, in the words of the account page. */
enum Use {
    CREATE,
    CHANGE,
    DELETE,
    START,
    SESSION,
    READ,
    OTHER;

    private static final Map<String, Use> BY_ACTION = Map.of(
            Action.MEETING_CREATE.word(), CREATE,
            Action.MEETING_CHANGE.word(), CHANGE,
            Action.MEETING_DELETE.word(), DELETE,
            Action.MEETING_START.word(), START,
            Action.SESSION_DELETE.word(), SESSION,
            Action.SESSION_ATTENDEES_DELETE.word(), SESSION,
            Action.SESSION_RECORDINGS_DELETE.word(), SESSION,
            Action.READ.word(), READ);

    /** Of the audit: reads of our own tables are none. */
    record Last(Use use, Moment moment) {

        static @Nullable Last of(List<UserEntries.Entry> newest) {
            return newest.stream()
                    .filter(entry -> entry.outcome().equals("success"))
                    .map(Last::of)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        private static @Nullable Last of(UserEntries.Entry entry) {
            Use use = entry.action().startsWith("raw.") ? OTHER : BY_ACTION.get(entry.action());
            boolean atGoTo = use != READ || String.valueOf(entry.target()).contains("/meetings");
            return use == null || !atGoTo ? null : new Last(use, new Moment(entry.time()));
        }
    }

    /** A time that reads the same in each language. */
    record Moment(Instant instant) {

        private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);

        public String text() {
            return TEXT.format(instant);
        }
    }
}
