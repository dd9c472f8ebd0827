package dev.meetgate.vault;

import dev.meetgate.audit.SharedEntries;
import dev.meetgate.database.Postgres;
import dev.meetgate.secret.Sealer;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Compares the keys of stored values with {@code MEETGATE_KEYS}. */
@Singleton
public class SealingKeys {

    /**
     * A key that sealed something, or is in the settings.
     *
     * @param isFirst whether it seals what is new
     * @param isSet whether the settings have it
     * @param isInUse whether something needs it
     * @param connections how many connections it sealed, at most {@link RefreshState#MOST_COUNTED}; not
     *     counted for the first one
     */
    public record SealingKey(
            String id,
            boolean isFirst,
            boolean isSet,
            boolean isInUse,
            @Nullable Long connections) {}

    private static final String COUNT = """
            select count(*) from (
                select from connection where sealed_with = $1 order by id limit %d) as sealed
            """.formatted(RefreshState.MOST_COUNTED);

    private final Postgres postgres;
    private final Sealer sealer;
    private final SharedEntries entries;
    private final List<SealedTable> tables;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    SealingKeys(Postgres postgres, Sealer sealer, SharedEntries entries, @All List<SealedTable> tables) {
        this.postgres = postgres;
        this.sealer = sealer;
        this.entries = entries;
        this.tables = tables;
    }

    /**
     * The retired keys that sealed connections or notes of grants to revoke. Other values live for a day.
     * Tells the audit and the log which keys may be removed, and the log which are missing.
     */
    Uni<List<String>> retired() {
        return ofLastingValues()
                .call(lasting -> ofOtherTables()
                        .map(others -> union(lasting, others))
                        .call(used -> entries.rotated(used, sealer.sealingKeyId()))
                        .invoke(this::report))
                .map(lasting -> lasting.stream()
                        .filter(sealer.retiredKeyIds()::contains)
                        .toList());
    }

    private Uni<Set<String>> ofLastingValues() {
        return SealedTable.keysIn("connection", postgres)
                .flatMap(ofConnections ->
                        SealedTable.keysIn("revocation", postgres).map(ofNotes -> union(ofConnections, ofNotes)));
    }

    /** All keys, sorted by their ids. */
    public Uni<List<SealingKey>> all() {
        return ofLastingValues()
                .flatMap(lasting -> ofOtherTables().map(others -> union(lasting, others)))
                .flatMap(used -> {
                    var ids = new TreeSet<>(used);
                    ids.addAll(sealer.retiredKeyIds());
                    ids.add(sealer.sealingKeyId());
                    return Multi.createFrom()
                            .iterable(ids)
                            .onItem()
                            .transformToUniAndConcatenate(id -> key(id, used.contains(id)))
                            .collect()
                            .asList();
                });
    }

    private Uni<SealingKey> key(String id, boolean isInUse) {
        if (id.equals(sealer.sealingKeyId())) {
            return Uni.createFrom().item(new SealingKey(id, true, true, isInUse, null));
        }
        return postgres.execute(COUNT, id)
                .map(rows -> new SealingKey(
                        id,
                        false,
                        sealer.hasKey(id),
                        isInUse,
                        rows.iterator().next().getLong(0)));
    }

    private Uni<List<String>> ofOtherTables() {
        return Multi.createFrom()
                .iterable(tables)
                .onItem()
                .transformToUniAndConcatenate(SealedTable::sealingKeys)
                .onItem()
                .transformToIterable(keys -> keys)
                .collect()
                .asList();
    }

    private static Set<String> union(Collection<String> some, Collection<String> others) {
        var union = new HashSet<>(some);
        union.addAll(others);
        return union;
    }

    private void report(Set<String> used) {
        sealer.retiredKeyIds().stream()
                .filter(key -> !used.contains(key) && reported.add(key))
                .forEach(key -> Log.infof(
                        "Nothing is sealed with key %s any more. It can be removed from MEETGATE_KEYS when no"
                                + " replica seals with it.",
                        key));
        used.stream()
                .filter(key -> !sealer.hasKey(key))
                .forEach(key -> Log.errorf(
                        "Some data is sealed with key %s, which is missing in MEETGATE_KEYS. Add the key again,"
                                + " or the affected users must reconnect.",
                        key));
    }
}
