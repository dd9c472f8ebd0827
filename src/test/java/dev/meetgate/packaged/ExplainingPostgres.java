package dev.meetgate.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/**
 * A separate PostgreSQL with the service's schema. It logs the plan of each statement of {@link #USER}, with
 * the number of rows that the statement really read.
 */
final class ExplainingPostgres implements AutoCloseable {

    /** A role that may only read and write rows. */
    static final String USER = "meetgate";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 20;

    private final EmbeddedPostgres server;
    private final Connection administrator;
    private final Path log;
    private int linesRead;

    private ExplainingPostgres(EmbeddedPostgres server, Path log) throws SQLException {
        this.server = server;
        this.administrator = server.getPostgresDatabase().getConnection();
        this.log = log;
    }

    static ExplainingPostgres start(Path data) throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                // It would update the statistics, and the planner would choose scans for small tables.
                .setServerConfig("autovacuum", "off")
                .setServerConfig("shared_preload_libraries", "auto_explain")
                .setServerConfig("auto_explain.log_analyze", "on")
                .setServerConfig("auto_explain.log_format", "json")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_destination", "jsonlog")
                .setServerConfig("log_filename", "plans.log")
                .start();
        Flyway.configure().dataSource(server.getPostgresDatabase()).load().migrate();
        var postgres = new ExplainingPostgres(server, data.resolve("log/plans.json"));
        postgres.execute("create role %1$s login password '%1$s'".formatted(USER));
        postgres.execute("alter role %s set auto_explain.log_min_duration = 0".formatted(USER));
        postgres.execute("grant select, insert, update, delete on all tables in schema public to " + USER);
        return postgres;
    }

    String url() {
        return "postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
    }

    /** Executes a statement as the administrator. Its plan is not logged. */
    void execute(String sql) throws SQLException {
        try (var statement = administrator.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String table) throws SQLException {
        try (var statement = administrator.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The plans of all statements since the last call. */
    List<JsonNode> plans() throws Exception {
        var mark = UUID.randomUUID().toString();
        execute("do $$ begin raise log '%s'; end $$".formatted(mark));
        var plans = new ArrayList<JsonNode>();
        for (String line : linesUntil(mark)) {
            String message = JSON.readTree(line).path("message").asText();
            if (message.startsWith("duration: ")) {
                plans.add(JSON.readTree(message.substring(message.indexOf('{'))));
            }
        }
        return plans;
    }

    /** Waits for the mark: another process writes the log, in order. */
    private List<String> linesUntil(String mark) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            String written = Files.readString(log);
            // Without a last line that is being written.
            List<String> lines =
                    written.substring(0, written.lastIndexOf('\n') + 1).lines().toList();
            List<String> unread = lines.subList(linesRead, lines.size());
            if (unread.stream().anyMatch(line -> line.contains(mark))) {
                linesRead = lines.size();
                return unread;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("PostgreSQL wrote no log of the last statements");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
