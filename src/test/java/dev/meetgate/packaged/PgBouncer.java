package dev.meetgate.packaged;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A PgBouncer in transaction mode. It has fewer connections to PostgreSQL than a replica has to PgBouncer.
 */
final class PgBouncer implements AutoCloseable {

    private static final String COMMAND = "pgbouncer";

    private final Process process;
    private final String url;

    private PgBouncer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static boolean isInstalled() {
        return List.of("/usr/sbin", "/usr/bin", "/usr/local/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
    }

    /** Starts PgBouncer in front of the database with this URL. */
    static PgBouncer of(String url) throws IOException, InterruptedException {
        URI postgres = URI.create(url);
        int port = Replica.freePort();
        Path folder = Files.createTempDirectory("pgbouncer");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                %s = host=%s port=%d user=postgres password=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 3
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        postgres.getPath().substring(1), postgres.getHost(), postgres.getPort(), port));
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            // PgBouncer refuses to run as root.
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(COMMAND, configuration.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        awaitPort(process, port, folder.resolve("log"));
        return new PgBouncer(process, "postgresql://127.0.0.1:%d%s".formatted(port, postgres.getPath()));
    }

    private static void awaitPort(Process process, int port, Path log) throws IOException, InterruptedException {
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException notYet) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("PgBouncer does not start:\n" + Files.readString(log));
                }
            }
        }
    }

    /** The settings for a replica behind PgBouncer, exactly as they are documented. */
    Map<String, String> settings() {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", url,
                "QUARKUS_DATASOURCE_REACTIVE_CACHE_PREPARED_STATEMENTS", "false",
                "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_USE_LAYER7_PROXY", "true");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
