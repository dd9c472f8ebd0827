package dev.meetgate.audit;

/**
 * What an entry is about. {@code connect.Use} and {@code console.Timeline} have the words; audit.md lists
 * all.
 */
public enum Action {
    CONNECT_LINK_CREATE("connect_link.create"),
    CONNECTION_CONSENT("connection.consent"),
    CONNECTION_CONNECT("connection.connect"),
    CONNECTION_RECONNECT("connection.reconnect"),
    CONNECTION_END("connection.end"),
    CONNECTION_DISCONNECT("connection.disconnect"),
    ACCOUNT_PAGE_OPEN("account_page.open"),
    MEETING_CREATE("meeting.create"),
    MEETING_CHANGE("meeting.change"),
    MEETING_DELETE("meeting.delete"),
    MEETING_START("meeting.start"),
    SESSION_DELETE("session.delete"),
    SESSION_ATTENDEES_DELETE("session.attendees.delete"),
    SESSION_RECORDINGS_DELETE("session.recordings.delete"),
    RAW_POST("raw.post"),
    RAW_PUT("raw.put"),
    RAW_DELETE("raw.delete"),
    READ("read"),
    CONSOLE_CHECK("console.check"),
    CONSOLE_DISCONNECT("console.disconnect"),
    CONSOLE_REDELIVER("console.redeliver"),
    CREDENTIAL_REFUSE("credential.refuse"),
    IDENTITY_ERASE("audit_identity.erase"),
    KEYS_ROTATE("keys.rotate"),
    SETTINGS_LOAD("settings.load");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
