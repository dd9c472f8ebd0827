package dev.meetgate;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Tells a database that is away, full or read-only for a while from a fault of ours. Both come as foreign exceptions. */
final class DatabaseTrouble {

    /**
     * Connection, resources, operator's intervention, conflict between transactions, read-only; and what a pooler in between says
     * for itself (PostgreSQL, Appendix A).
     */
    private static final String PASSING = "08...|53...|57P0.|57014|40...|55P03|25006|3D000|28...";

    private DatabaseTrouble() {}

    static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException problem) {
                return problem.getSqlState() != null && problem.getSqlState().matches(PASSING);
            }
            if (cause instanceof IOException || cause instanceof VertxException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
