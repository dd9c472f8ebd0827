package dev.meetgate.doctor;

import java.time.Duration;

/** Compares this machine's clock with another one. */
final class Clock {

    private static final String CHECK = "clock";
    private static final Duration UNUSUAL = Duration.ofSeconds(5);

    /** The leeway of JWTs. */
    private static final Duration HARMFUL = Duration.ofSeconds(30);

    private Clock() {}

    /** The difference is positive where the other clock is ahead. */
    static void compare(String other, Duration difference, Findings findings) {
        Duration size = difference.abs();
        if (size.compareTo(UNUSUAL) < 0) {
            findings.ok(CHECK, "Agrees with that of %s.".formatted(other));
            return;
        }
        String text = "%d s %s that of %s. Let both machines take their time by NTP."
                .formatted(size.toSeconds(), difference.isNegative() ? "ahead of" : "behind", other);
        if (size.compareTo(HARMFUL) < 0) {
            findings.warning(CHECK, text);
        } else {
            findings.wrong(CHECK, text);
        }
    }
}
