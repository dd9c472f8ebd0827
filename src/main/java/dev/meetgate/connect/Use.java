package dev.meetgate.connect;

import static java.util.Map.entry;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.UserEntries;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a connection was used for, in the words of the account page. */
enum Use {
    CREATE,
    CHANGE,
    DELETE,
    START,
    SESSION,
    READ,
    OTHER;

    private static final Map<String, Use> BY_ACTION = Map.ofEntries(
            entry(Action.MEETING_CREATE.word(), CREATE),
            entry(Action.MEETING_CHANGE.word(), CHANGE),
            entry(Action.MEETING_DELETE.word(), DELETE),
            entry(Action.MEETING_START.word(), START),
            entry(Action.SESSION_DELETE.word(), SESSION),
            entry(Action.SESSION_ATTENDEES_DELETE.word(), SESSION),
            entry(Action.SESSION_RECORDINGS_DELETE.word(), SESSION),
            entry(Action.RAW_POST.word(), OTHER),
            entry(Action.RAW_PUT.word(), OTHER),
            entry(Action.RAW_DELETE.word(), OTHER),
            entry(Action.READ.word(), READ));

    static Set<String> actions() {
        return BY_ACTION.keySet();
    }

    /** The last use that the audit knows. */
    @TemplateData
    record Last(Use use, Moment moment) {

        static Last of(UserEntries.Entry entry) {
            return new Last(BY_ACTION.getOrDefault(entry.action(), OTHER), new Moment(entry.time()));
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
