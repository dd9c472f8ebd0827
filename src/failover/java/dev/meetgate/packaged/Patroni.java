package dev.meetgate.packaged;

import dev.meetgate.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An etcd and three PostgreSQL servers under Patroni, on loopback, with synchronous replication. */
final class Patroni implements AutoCloseable {

    /** How soon Patroni notices a dead leader, at most. */
    static final Duration TTL = Duration.ofSeconds(20);

    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String SUPERUSER = "postgres";

    /** Patroni needs some of the few connections that PostgreSQL keeps for superusers. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final String PASSWORD = "secret";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path folder;
    private final int etcdPort;
    private final Process etcd;
    private final List<Node> nodes = new ArrayList<>();

    private Patroni() throws IOException {
        folder = ofPostgres(Files.createTempDirectory("patroni"));
        etcdPort = Replica.freePort();
        String clients = "http://127.0.0.1:" + etcdPort;
        String peers = "http://127.0.0.1:" + Replica.freePort();
        etcd = run(
                "etcd",
                List.of(
                        "etcd",
                        "--data-dir",
                        folder.resolve("etcd").toString(),
                        "--listen-client-urls",
                        clients,
                        "--advertise-client-urls",
                        clients,
                        "--listen-peer-urls",
                        peers,
                        "--initial-advertise-peer-urls",
                        peers,
                        "--initial-cluster",
                        "default=" + peers));
        for (int number = 1; number <= 3; number++) {
            nodes.add(new Node("node" + number));
        }
    }

    /** Starts the cluster and waits for a leader and two standbys. */
    static Patroni start() throws IOException {
        var cluster = new Patroni();
        cluster.nodes.get(0).start();
        // The others copy the first one's data.
        Await.until(PATIENCE, () -> cluster.nodes.get(0).is("leader"));
        cluster.nodes.get(1).start();
        cluster.nodes.get(2).start();
        cluster.awaitStandbys();
        return cluster;
    }

    void awaitStandbys() {
        Await.until(
                PATIENCE,
                () -> nodes.stream().filter(node -> node.is("replica")).count() == 2);
        Await.until(PATIENCE, () -> nodes.stream().anyMatch(node -> node.is("synchronous")));
    }

    Node leader() {
        return awaited("leader");
    }

    /** The node with this role. Patroni answers late while the processors are busy. */
    private Node awaited(String role) {
        var found = new AtomicReference<Node>();
        Await.until(PATIENCE, () -> {
            nodes.stream().filter(node -> node.is(role)).findFirst().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /** The leader that accepts writes, or null while there is none. */
    @Nullable
    Node writable() {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        return nodes.stream().filter(Node::isWritable).findFirst().orElse(null);
    }

    void execute(String statement) {
        leader().execute(statement);
    }

    /** The URL of a database with all three hosts, as libpq reads it. Its owner has its name. */
    String url(String database) {
        return nodes.stream()
                .map(node -> "127.0.0.1:" + node.port)
                .collect(Collectors.joining(",", "postgresql://%s:%s@".formatted(database, PASSWORD), "/" + database));
    }

    /** Makes a standby the leader. The old leader becomes a standby without being killed. */
    void switchOver() throws IOException, InterruptedException {
        Node leader = leader();
        Node candidate = awaited("synchronous");
        var request = HttpRequest.newBuilder(leader.uri("switchover"))
                .POST(BodyPublishers.ofString(
                        "{\"leader\": \"%s\", \"candidate\": \"%s\"}".formatted(leader.name, candidate.name)))
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    private Process run(String name, List<String> command) throws IOException {
        var full = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root.
            full.addAll(List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--clear-groups"));
        }
        full.addAll(command);
        return new ProcessBuilder(full)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    private static Path ofPostgres(Path path) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            var owners = path.getFileSystem().getUserPrincipalLookupService();
            Files.getFileAttributeView(path, PosixFileAttributeView.class)
                    .setOwner(owners.lookupPrincipalByName(SUPERUSER));
        }
        return path;
    }

    /** The programs of PostgreSQL's newest version here. Debian does not put them on the path. */
    private static Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_rewind")))
                    .max(Path::compareTo)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PostgreSQL and its Patroni. */
    final class Node {

        final String name;
        private final int port;
        private final int restPort;
        private @Nullable Process patroni;

        private Node(String name) throws IOException {
            this.name = name;
            this.port = Replica.freePort();
            this.restPort = Replica.freePort();
        }

        void start() throws IOException {
            Path file = Files.writeString(folder.resolve(name + ".yml"), """
                    scope: meetgate
                    name: %1$s
                    restapi:
                      listen: 127.0.0.1:%2$d
                      connect_address: 127.0.0.1:%2$d
                    etcd3:
                      host: 127.0.0.1:%3$d
                    bootstrap:
                      dcs:
                        ttl: %4$d
                        loop_wait: 2
                        retry_timeout: 5
                        synchronous_mode: true
                        postgresql:
                          use_pg_rewind: true
                      initdb: [encoding: UTF8, data-checksums]
                    postgresql:
                      listen: 127.0.0.1:%5$d
                      connect_address: 127.0.0.1:%5$d
                      data_dir: %6$s/%1$s
                      bin_dir: %7$s
                      pgpass: %6$s/%1$s.pgpass
                      pg_hba:
                      - host all all 127.0.0.1/32 scram-sha-256
                      - host replication all 127.0.0.1/32 scram-sha-256
                      authentication:
                        superuser: {username: %8$s, password: %9$s}
                        replication: {username: replicator, password: %9$s}
                      parameters:
                        unix_socket_directories: %6$s
                        max_connections: 100
                    """.formatted(
                            name, restPort, etcdPort, TTL.toSeconds(), port, folder, programs(), SUPERUSER, PASSWORD));
            patroni = run(name, List.of("patroni", file.toString()));
        }

        /** Kills Patroni and PostgreSQL as a power failure would. */
        void kill() throws IOException {
            String pid = Files.readAllLines(folder.resolve(name).resolve("postmaster.pid"))
                    .get(0);
            patroni.destroyForcibly().onExit().join();
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }

        private URI uri(String path) {
            return URI.create("http://127.0.0.1:%d/%s".formatted(restPort, path));
        }

        /** Whether Patroni says so: {@code leader}, {@code replica}, {@code synchronous}. */
        boolean is(String role) {
            try {
                var request = HttpRequest.newBuilder(uri(role))
                        .timeout(Duration.ofSeconds(2))
                        .build();
                return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private String jdbc() {
            return "jdbc:postgresql://127.0.0.1:%d/postgres?connectTimeout=1&socketTimeout=2".formatted(port);
        }

        private boolean isWritable() {
            try (var connection = DriverManager.getConnection(jdbc(), SUPERUSER, PASSWORD);
                    var statement = connection.createStatement()) {
                statement.execute("create temporary table written (at int)");
                return true;
            } catch (SQLException notNow) {
                return false;
            }
        }

        private void execute(String sql) {
            try (var connection = DriverManager.getConnection(jdbc(), SUPERUSER, PASSWORD);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The last lines of all logs. */
    String logs() throws IOException {
        var text = new StringBuilder();
        for (var log : folder.toFile().listFiles((in, name) -> name.endsWith(".log"))) {
            List<String> lines = Files.readAllLines(log.toPath());
            text.append(log.getName()).append(":\n");
            lines.subList(Math.max(0, lines.size() - 20), lines.size())
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        for (Node node : nodes) {
            if (node.patroni != null && node.patroni.isAlive()) {
                node.kill();
            }
        }
        etcd.destroyForcibly().onExit().join();
    }
}
