package dev.meetgate.attack;

import java.io.IOException;

/**
 * One attack with its right outcome.
 *
 * @param name says what is right
 */
public record Check(String name, Attempt attempt) {

    /** Fails with an {@link AssertionError}, or with {@link NotAsked} if an option is missing. */
    @FunctionalInterface
    public interface Attempt {
        void on(Target target) throws IOException;
    }
}
