package dev.meetgate.vault;

import dev.meetgate.events.EventType;
import dev.meetgate.events.Outbox;

/** Writes the events of connections, with the connection as the API shows it. */
final class ConnectionEvents {

    /** As {@link ConnectionEntity#toConnection} and its JSON. */
    private static final String CONNECTION = """
            json_build_object(
                'user', user_id, 'status', status, 'reason', reason,
                'account', json_build_object('email', email, 'firstName', first_name, 'lastName', last_name,
                    'organizerKey', organizer_key, 'accountKey', account_key),
                'scopes', array_to_json(string_to_array(scopes, ' ')), 'connectedAt', %s, 'refreshedAt', %s,
                'accessTokenExpiresAt', %s, 'generation', generation)
            """.formatted(
                    Outbox.time("connected_at"), Outbox.time("refreshed_at"), Outbox.time("access_token_expires_at"));

    /** Of the connection with an id, in the transaction that changes it. */
    static final String OF_ONE = write("cast(:type as text)", "connection where id = :connection");

    private ConnectionEvents() {}

    static String write(EventType type, String relation) {
        return write(type.sql(), relation);
    }

    private static String write(String type, String relation) {
        return Outbox.write(type, "connection", CONNECTION, relation);
    }
}
