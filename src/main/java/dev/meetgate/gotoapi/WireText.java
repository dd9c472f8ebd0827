package dev.meetgate.gotoapi;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Text as GoTo sends it. Subjects travel with their angle brackets, and nothing else, as HTML entities. */
public final class WireText {

    private static final String NO_GROUP = "NA";

    private WireText() {}

    public static String escaped(String text) {
        return text.replace("<", "&lt;").replace(">", "&gt;");
    }

    public static String subject(@Nullable String text) {
        return text == null ? "" : text.replace("&lt;", "<").replace("&gt;", ">");
    }

    /** A subject as it comes back from GoTo: entities that it was given with are angle brackets then. */
    public static String returned(String subject) {
        return subject(escaped(subject));
    }

    /** Nothing where GoTo sent nothing to read. */
    public static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    public static @Nullable String group(@Nullable String text) {
        return NO_GROUP.equals(text) ? null : present(text);
    }

    /** A word of an enumeration, which GoTo spells in any case and may add to. */
    public static @Nullable String word(@Nullable String text) {
        String present = present(text);
        return present == null ? null : present.toUpperCase(Locale.ROOT);
    }

    /** A meeting's type; a meeting without one is scheduled. */
    public static String meetingType(@Nullable String text) {
        return Objects.requireNonNullElse(word(text), "SCHEDULED");
    }

    /** Nothing where GoTo sent no digits: one odd value does not hide the others. */
    public static @Nullable Long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
