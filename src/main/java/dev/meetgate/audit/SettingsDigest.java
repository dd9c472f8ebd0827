package dev.meetgate.audit;

import dev.meetgate.secret.Sha256;
import dev.meetgate.upkeep.Chore;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Writes a digest of the settings, once for each process and only where it differs from the last one. The
 * first upkeep does so, because a start must be fast. The keys are in the digest, so that nobody can try out
 * short values.
 */
@Singleton
@Priority(Chore.QUICK)
class SettingsDigest implements Chore {

    private final SharedEntries entries;
    private final Config config;
    private volatile boolean written;

    SettingsDigest(SharedEntries entries, Config config) {
        this.entries = entries;
        this.config = config;
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return written
                ? Uni.createFrom().item(true)
                : entries.loaded(digest()).invoke(() -> written = true).replaceWith(true);
    }

    private String digest() {
        String settings = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("meetgate.") || name.startsWith("goto."))
                .distinct()
                .sorted()
                .map(name -> name + "=" + config.getConfigValue(name).getValue())
                .collect(Collectors.joining("\n"));
        return HexFormat.of().formatHex(Sha256.of(settings));
    }
}
