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

    static Headline works(String sentence) {
        return new Headline("works", sentence, null);
    }

    static Headline partly(String sentence, Explained cause) {
        return new Headline("partly", sentence, cause);
    }

    static Headline fails(String sentence, Explained cause) {
        return new Headline("fails", sentence, cause);
    }
}
