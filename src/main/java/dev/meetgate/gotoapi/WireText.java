package dev.meetgate.gotoapi;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Text in GoTo's JSON. In subjects, only the angle brackets are HTML entities. */
public final class WireText {

    private static final String NO_GROUP = "NA";

    private WireText() {}

    public static String escaped(String text) {
        return text.replace("<", "&lt;").replace(">", "&gt;");
    }

    public static String subject(@Nullable String text) {
        return text == null ? "" : text.replace("&lt;", "<").replace("&gt;", ">");
    }

    /** A subject as GoTo returns it, with entities decoded to angle brackets. */
    public static String returned(String subject) {
        return subject(escaped(subject));
    }

    public static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    public static @Nullable String group(@Nullable String text) {
        return NO_GROUP.equals(text) ? null : present(text);
    }

    /** Normalizes the case of an enum value. GoTo may add values. */
    public static @Nullable String word(@Nullable String text) {
        String present = present(text);
        return present == null ? null : present.toUpperCase(Locale.ROOT);
    }

    public static String meetingType(@Nullable String text) {
        return Objects.requireNonNullElse(word(text), "SCHEDULED");
    }

    /** Null unless the text is 1 to 18 digits, so that one bad value does not hide the others. */
    public static @Nullable Long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
