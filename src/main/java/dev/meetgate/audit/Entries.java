package dev.meetgate.audit;

/** The SQL with which others write entries in the statement or transaction that makes them true. */
public final class Entries {

    private Entries() {}

    /**
     * Writes an entry of a success for each row of a relation with the columns {@code tenant} and
     * {@code user_id}.
     */
    public static String write(Action action, String origin, String relation) {
        return write("'%s'".formatted(action.word()), "'success'", "null", origin, relation);
    }

    /**
     * Writes an entry whose values are SQL expressions. The origin is the JSON of an {@code Origin}, as
     * text.
     */
    public static String write(String action, String outcome, String code, String origin, String relation) {
        return """
                insert into audit_entry (tenant, user_id, action, outcome, code, origin)
                select tenant, user_id, %s, %s, %s, cast(%s as json) from %s
                """.formatted(action, outcome, code, origin, relation);
    }
}
