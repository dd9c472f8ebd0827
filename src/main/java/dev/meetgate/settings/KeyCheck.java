package dev.meetgate.settings;

import dev.meetgate.database.SchemaCheck;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.SqlConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses to start if a key differs from the one that sealed this database's values under its id. */
@Singleton
class KeyCheck {

    private static final String PURPOSE = "key check";
    private static final String KNOWN = "select id, sealed_check from sealing_key";
    private static final String ADD =
            "insert into sealing_key (id, sealed_check) values ($1, $2) on conflict (id) do nothing";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sealer sealer;

    KeyCheck(Sealer sealer) {
        this.sealer = sealer;
    }

    /** After {@link SchemaCheck}, which creates the table. */
    void check(@Observes @Priority(SchemaCheck.PRIORITY + 1) StartupEvent start, Pool pool) {
        Map<String, byte[]> known = known(pool);
        // A start that is refused must store no key.
        known.forEach(this::compare);
        String id = sealer.sealingKeyId();
        if (!known.containsKey(id)) {
            add(pool, id);
            // Another replica may have stored its own key first.
            known(pool).forEach(this::compare);
        }
    }

    /** The keys of this process that differ from those of the database. Changes nothing. */
    static Future<List<String>> foreign(SqlConnection connection, Sealer sealer) {
        return connection.query(KNOWN).execute().map(rows -> {
            var foreign = new ArrayList<String>();
            for (var key : rows) {
                String id = key.getString(0);
                if (sealer.hasKey(id) && !opens(sealer, id, key.getBuffer(1).getBytes())) {
                    foreign.add(id);
                }
            }
            return foreign;
        });
    }

    private static boolean opens(Sealer sealer, String id, byte[] check) {
        try {
            sealer.open(check, PURPOSE, id);
            return true;
        } catch (Sealer.CannotOpen other) {
            return false;
        }
    }

    private static Map<String, byte[]> known(Pool pool) {
        var known = new HashMap<String, byte[]>();
        for (Row key : pool.query(KNOWN).execute().await().atMost(PATIENCE)) {
            known.put(key.getString(0), key.getBuffer(1).getBytes());
        }
        return known;
    }

    private void compare(String id, byte[] check) {
        if (sealer.hasKey(id) && !opens(sealer, id, check)) {
            throw new ConfigurationException(
                    ("MeetGate does not start: its database was sealed with another key with the"
                                    + " id %s than MEETGATE_KEYS has. Restore the original key. Give a"
                                    + " new key a new id.")
                            .formatted(id));
        }
    }

    private void add(Pool pool, String id) {
        var check = Buffer.buffer(sealer.seal(Secret.of(id), PURPOSE, id));
        pool.preparedQuery(ADD).execute(Tuple.of(id, check)).await().atMost(PATIENCE);
    }
}
