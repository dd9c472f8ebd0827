package dev.meetgate.meetings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text as GoTo sends it. Subjects travel with their angle brackets, and nothing else, as HTML entities. */
final class WireText {

    private static final String NO_GROUP = "NA";

    private WireText() {}

    static String escaped(String text) {
        return text.replace("<", "&lt;").replace(">", "&gt;");
    }

    static String subject(@Nullable String text) {
        return text == null ? "" : text.replace("&lt;", "<").replace("&gt;", ">");
    }

    /** A subject as it comes back from GoTo: entities that it was given with are angle brackets then. */
    static String returned(String subject) {
        return subject(escaped(subject));
    }

    /** Nothing where GoTo sent nothing to read. */
    static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    static @Nullable String group(@Nullable String text) {
        return NO_GROUP.equals(text) ? null : present(text);
    }

    /** A word of an enumeration, which GoTo spells in any case and may add to. */
    static @Nullable String word(@Nullable String text) {
        String present = present(text);
        return present == null ? null : present.toUpperCase(Locale.ROOT);
    }

    /** Nothing where GoTo sent no digits: one odd value does not hide the others. */
    static @Nullable Long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
