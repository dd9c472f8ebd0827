package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A cause in words.
 *
 * @param matter whose matter it is, as a sentence of a page
 */
record Explained(
        String code,
        String whose,
        String happened,
        String next,
        @JsonIgnore String matter) {

    static Explained of(Cause cause, ConsoleTexts texts) {
        return new Explained(
                cause.code(),
                texts.whose(cause.whose()),
                texts.happened(cause),
                texts.nextStep(cause),
                texts.matterOf(cause.whose()));
    }
}
