package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user's calls work now, in one sentence.
 *
 * @param state {@code works}, {@code partly} or {@code fails}
 * @param cause why not; absent if they work
 */
record Headline(String state, String sentence, @Nullable Explained cause) {

    /** For the page. */
    @JsonIgnore
    public String tone() {
        return state.equals("works") ? "good" : state.equals("partly") ? "warn" : "bad";
    }

    static Headline works(String user) {
        return new Headline("works", "Calls for %s work, as far as MeetGate knows.".formatted(user), null);
    }

    static Headline partly(String user, String what, Cause cause) {
        return new Headline("partly", "Calls for %s work, but %s.".formatted(user, what), Explained.of(cause));
    }

    static Headline fails(String user, Cause cause) {
        return new Headline(
                "fails",
                "Calls for %s fail, and the matter is %s."
                        .formatted(user, cause.whose().words()),
                Explained.of(cause));
    }
}
