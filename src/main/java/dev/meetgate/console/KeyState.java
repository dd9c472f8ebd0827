package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What to know of a key's end. */
enum KeyState {
    NO_END,
    IN_FORCE,
    ENDS_SOON,
    HAS_ENDED,
    HAS_ENDED_AND_IS_IN_USE;

    @JsonValue
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
