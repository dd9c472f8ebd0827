package dev.meetgate.connect;

import java.util.Locale;

/** What a page of the walk says, whose turn it is then, and how it looks. The bundle has the words. */
enum Notice {
    CONNECTED(Tone.GOOD, Turn.NOBODY),
    PENDING(Tone.BUSY, Turn.NOBODY),
    NOT_FINISHED(Tone.WARN, Turn.START_AGAIN),
    NO_LICENCE(Tone.WARN, Turn.LICENCE),
    ACCESS_DENIED(Tone.NEUTRAL, Turn.DECIDE),
    REQUEST_REFUSED(Tone.BAD, Turn.OPERATOR),
    CLIENT_REFUSED(Tone.BAD, Turn.OPERATOR),
    SCOPE_REFUSED(Tone.BAD, Turn.OPERATOR),
    GOTO_FAILED(Tone.BAD, Turn.TRY_AGAIN),
    GOTO_BUSY(Tone.WARN, Turn.WAIT),
    NOT_OF_GOTO(Tone.BAD, Turn.TRY_AGAIN),
    CODE_REFUSED(Tone.WARN, Turn.TRY_AGAIN),
    NOT_STORED(Tone.BAD, Turn.WAIT),
    SCOPE_MISSING(Tone.WARN, Turn.ALLOW),
    TOO_LATE(Tone.WARN, Turn.TRY_AGAIN),
    DISCONNECTED(Tone.NEUTRAL, Turn.START_AGAIN),
    ALREADY_CONNECTED(Tone.GOOD, Turn.ANOTHER_ACCOUNT),
    LINK_USED(Tone.NEUTRAL, Turn.START_AGAIN),
    LINK_EXPIRED(Tone.NEUTRAL, Turn.START_AGAIN),
    LINK_ELSEWHERE(Tone.NEUTRAL, Turn.GO_ON_THERE),
    PAGE_REPLACED(Tone.NEUTRAL, Turn.GO_ON_THERE),
    LINK_WORN(Tone.NEUTRAL, Turn.START_AGAIN),
    LINK_UNKNOWN(Tone.NEUTRAL, Turn.START_AGAIN),
    PAGE_EXPIRED(Tone.NEUTRAL, Turn.START_AGAIN),
    PAGE_ELSEWHERE(Tone.NEUTRAL, Turn.START_AGAIN),
    OUTCOME_UNKNOWN(Tone.NEUTRAL, Turn.START_AGAIN),
    UNKNOWN_CALLBACK(Tone.NEUTRAL, Turn.START_AGAIN),
    WAITING(Tone.BUSY, Turn.NOBODY),
    FORM_FOREIGN(Tone.NEUTRAL, Turn.OPEN_AGAIN),
    UNAVAILABLE(Tone.BAD, Turn.WAIT);

    /** Classes of the style sheet, with their icons. */
    enum Tone {
        GOOD("good", "check"),
        WARN("warn", "alert"),
        BAD("bad", "alert"),
        NEUTRAL("neutral", "minus"),
        BUSY("neutral", "clock");

        private final String style;
        private final String icon;

        Tone(String style, String icon) {
            this.style = style;
            this.icon = icon;
        }

        public String style() {
            return style;
        }

        public String icon() {
            return icon;
        }
    }

    /** Who can do something now, and what. */
    enum Turn {
        NOBODY,
        DECIDE,
        TRY_AGAIN,
        START_AGAIN,
        ALLOW,
        ANOTHER_ACCOUNT,
        GO_ON_THERE,
        OPEN_AGAIN,
        WAIT,
        LICENCE,
        OPERATOR;

        /** Whether the person can do nothing. */
        public boolean isOfOthers() {
            return this == OPERATOR;
        }

        public boolean isOfNobody() {
            return this == NOBODY;
        }
    }

    private final Tone tone;
    private final Turn turn;

    Notice(Tone tone, Turn turn) {
        this.tone = tone;
        this.turn = turn;
    }

    public Tone tone() {
        return tone;
    }

    public Turn turn() {
        return turn;
    }

    /** Whether support may be asked about it. */
    boolean hasCode() {
        return tone != Tone.GOOD && tone != Tone.BUSY && this != ACCESS_DENIED && this != OUTCOME_UNKNOWN;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
