package dev.meetgate.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The form of values in GoTo's answers: {@code PLAIN} as in GoTo's documentation, {@code QUIRKY} as in
 * recorded answers.
 */
enum Dress {
    PLAIN,
    QUIRKY;

    private static final DateTimeFormatter DOT_WITHOUT_FRACTION = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss'.+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    String time(Instant time) {
        return this == PLAIN ? time.toString() : DOT_WITHOUT_FRACTION.format(time);
    }

    Object flag(boolean flag) {
        return this == PLAIN ? flag : Boolean.toString(flag);
    }

    /** A value that the documentation shows as a number. */
    Object number(long number) {
        return this == PLAIN ? number : Long.toString(number);
    }

    /** A value that the documentation shows as a string of digits. */
    Object key(long key) {
        return this == PLAIN ? Long.toString(key) : key;
    }

    String meetingType(String type) {
        return this == PLAIN ? type : type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
    }

    String subject(String subject) {
        return this == PLAIN ? subject : subject.replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Recorded answers have dial-in numbers for people, not the word from the request. */
    String audio(StoredMeeting meeting) {
        return this == PLAIN ? meeting.request().audio() : """
                Germany: +49 (0) 555 0100 000
                United States: +1 (555) 010-0000
                Access Code: %s
                """.formatted(meeting.accessCode());
    }
}
