package dev.meetgate.doctor;

import java.util.Locale;

/** What a check found, in one line: what is right, or what is wrong and what to do. Contains no secret. */
record Finding(Level level, String check, String text) {

    enum Level {
        OK,
        /** A setting that the check needs is missing or wrong, which is another finding. */
        SKIPPED,
        WARNING,
        WRONG;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
