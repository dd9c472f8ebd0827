package dev.meetgate.events;

/**
 * The SQL with which others write events in the statement or transaction that makes them true. Events of a
 * connection are written while its row is locked.
 */
public final class Outbox {

    private Outbox() {}

    /**
     * Writes an event for each row of a relation that has the columns {@code tenant} and {@code user_id}.
     *
     * @param type a type as an expression in SQL
     * @param member a further member of the event's data
     * @param value its value as an expression in SQL. If null, the member is absent
     */
    public static String write(String type, String member, String value, String relation) {
        return """
                insert into event (tenant, user_id, type, data)
                select tenant, user_id, %s, json_strip_nulls(json_build_object('user', user_id, '%s', %s)) from %s
                """.formatted(type, member, value, relation);
    }

    /** A time as the API writes it, as text in SQL. */
    public static String time(String column) {
        String micros = "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')".formatted(column);
        return "regexp_replace(%s, '(\\.000000|000)$', '') || 'Z'".formatted(micros);
    }
}
