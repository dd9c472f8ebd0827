package dev.meetgate.attack;

/** A check needs something that the options do not give. */
public final class NotAsked extends RuntimeException {

    NotAsked(String option) {
        super("needs the option " + option);
    }
}
