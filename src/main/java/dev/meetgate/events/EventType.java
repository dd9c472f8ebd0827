package dev.meetgate.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The types of events. Their names are part of the API. {@code AsyncApi} has a summary of each; events.md
 * lists them.
 */
public enum EventType {
    CONNECTION_CONNECTED,
    CONNECTION_RECONNECTED,
    CONNECTION_ACCOUNT_CHANGED,
    CONNECTION_RECONNECT_REQUIRED,
    CONNECTION_DISCONNECTED,
    CONNECT_LINK_DENIED("connect_link"),
    CONNECT_LINK_FAILED("connect_link"),
    CONNECT_LINK_EXPIRED("connect_link"),
    WEBHOOK_DISABLED;

    /** Only of events that {@code POST /v1/webhook/test} sends. */
    public static final String TEST = "dev.meetgate.webhook.test";

    private static final String PREFIX = "dev.meetgate.";

    private final String type;

    EventType() {
        this.type = PREFIX + name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    EventType(String subject) {
        this.type =
                PREFIX + subject + "." + name().substring(subject.length() + 1).toLowerCase(Locale.ROOT);
    }

    public String type() {
        return type;
    }

    /** The type as a literal in SQL. */
    public String sql() {
        return "'" + type + "'";
    }

    static Optional<EventType> named(String type) {
        return Arrays.stream(values()).filter(known -> known.type.equals(type)).findFirst();
    }

    static List<String> types() {
        return Arrays.stream(values()).map(EventType::type).toList();
    }
}
