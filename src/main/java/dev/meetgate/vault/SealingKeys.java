package dev.meetgate.vault;

import dev.meetgate.database.Postgres;
import dev.meetgate.secret.Sealer;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which keys have sealed what is stored, and what follows for {@code MEETGATE_KEYS}. */
@Singleton
class SealingKeys {

    private static final String CONNECTIONS = "connection";

    private static final String IN_USE = Stream.of(CONNECTIONS, "revocation", "authorization_request")
            .map(SealingKeys::keysIn)
            .collect(Collectors.joining(" union all "));

    private final Postgres postgres;
    private final Sealer sealer;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    SealingKeys(Postgres postgres, Sealer sealer) {
        this.postgres = postgres;
        this.sealer = sealer;
    }

    /** A jump over the index for each key, however many rows there are. */
    private static String keysIn(String table) {
        return """
                (with recursive used as (
                    (select sealed_with from %1$s order by sealed_with limit 1)
                    union all
                    select (select sealed_with from %1$s where sealed_with > used.sealed_with order by sealed_with limit 1)
                      from used where used.sealed_with is not null)
                select sealed_with, '%1$s' from used where sealed_with is not null)
                """.formatted(table);
    }

    /** The keys that no longer seal and have sealed connections. Says in the log which keys may go, and which went too early. */
    Uni<List<String>> retired() {
        return postgres.execute(IN_USE).map(rows -> {
            var used = new HashSet<String>();
            var ofConnections = new ArrayList<String>();
            for (Row row : rows) {
                String key = row.getString(0);
                used.add(key);
                if (row.getString(1).equals(CONNECTIONS)
                        && sealer.retiredKeyIds().contains(key)) {
                    ofConnections.add(key);
                }
            }
            report(used);
            return ofConnections;
        });
    }

    private void report(Set<String> used) {
        sealer.retiredKeyIds().stream()
                .filter(key -> !used.contains(key) && reported.add(key))
                .forEach(key -> Log.infof(
                        "nothing is sealed with key %s any more: where no replica seals with it, MEETGATE_KEYS can do without",
                        key));
        used.stream()
                .filter(key -> !sealer.hasKey(key))
                .forEach(key -> Log.errorf(
                        "something is sealed with key %s, which MEETGATE_KEYS lacks: put it back, or the users concerned must connect again",
                        key));
    }
}
