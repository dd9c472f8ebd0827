package dev.meetgate.database;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts the schema before the names of tables in SQL. A session's {@code search_path} would be lost behind
 * PgBouncer, and that of a role is its owner's.
 */
@Singleton
class Schema {

    static final String DEFAULT = "meetgate";

    private static final Pattern TABLE = Pattern.compile("(?i)\\b((?:from|join|into|update|table|using)\\s+)(%s)\\b"
            .formatted(String.join("|", SchemaCheck.TABLES)));

    private final String name;
    private final Map<String, String> qualified = new ConcurrentHashMap<>();
    private volatile boolean found;

    Schema(@ConfigProperty(name = "meetgate.schema") Optional<String> name) {
        this.name = name.map(String::strip).orElse(DEFAULT);
    }

    String name() {
        return name;
    }

    /** The table's name in SQL. */
    String qualified(String table) {
        return found ? table : '"' + name + "\"." + table;
    }

    /** The statement with the schema before each of MeetGate's tables. */
    String place(String sql) {
        return found
                ? sql
                : qualified.computeIfAbsent(
                        sql, text -> TABLE.matcher(text).replaceAll(name -> name.group(1) + qualified(name.group(2))));
    }

    boolean isFound() {
        return found;
    }

    /** From now on, tables are where PostgreSQL finds them by itself: an old installation. */
    void useSearchPath() {
        found = true;
    }
}
