package dev.meetgate.doctor;

import dev.meetgate.database.DatabaseUrl;
import dev.meetgate.database.DatabaseUrl.Host;
import dev.meetgate.database.SingleConnection;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: its hosts, its encryption, its version, its limits and its clock. Changes nothing. */
final class DatabaseExamination {

    static final String CHECK = "database";

    private static final String IS_READ_ONLY =
            "select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean";
    private static final String READ_ONLY = "begin read only; set local statement_timeout = '4s'";

    /** Reserved connections are for administrators. Limits of -1 are none. */
    private static final String FACTS = """
            select current_setting('server_version_num')::int / 10000 as version,
                   current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                       - coalesce(current_setting('reserved_connections', true)::int, 0) as connections,
                   (select rolconnlimit from pg_roles where rolname = current_user) as of_role,
                   (select datconnlimit from pg_database where datname = current_database()) as of_database,
                   (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as in_use
            """;

    private static final int OLDEST_TESTED = 15;
    private static final int DEFAULT_POOL = 20;
    private static final Duration SLOW = Duration.ofMillis(20);
    private static final int ROUNDS = 11;

    private final Deployment deployment;
    private final Probe probe;

    DatabaseExamination(Deployment deployment, Probe probe) {
        this.deployment = deployment;
        this.probe = probe;
    }

    void examine(Findings findings) {
        DatabaseUrl url = deployment.database();
        if (url == null) {
            findings.skipped(CHECK, "Not examined: the database's URL is missing or wrong.");
            return;
        }
        SqlConnection primary = primary(url, findings);
        if (primary == null) {
            return;
        }
        try {
            encryption(url, primary, findings);
            pace(primary, findings);
            Trouble.unless(primary.query(READ_ONLY).execute());
            limits(primary, findings);
            new SchemaExamination(deployment).examine(primary, findings);
        } catch (Trouble trouble) {
            findings.wrong(CHECK, "The examination ends early: %s.".formatted(trouble.getMessage()));
        }
    }

    /** Looks at each host. Returns a connection to the one that accepts writes, or null. */
    private @Nullable SqlConnection primary(DatabaseUrl url, Findings findings) {
        Map<Host, Future<SqlConnection>> connecting = new LinkedHashMap<>();
        url.hosts()
                .forEach(host ->
                        connecting.put(host, SingleConnection.open(probe.vertx(), url.atHost(host, Trouble.PATIENCE))));
        var seen = new ArrayList<String>();
        SqlConnection primary = null;
        boolean away = false;
        for (var host : connecting.entrySet()) {
            try {
                SqlConnection connection = Trouble.unless(host.getValue());
                boolean readOnly = Trouble.unless(connection.query(IS_READ_ONLY).execute())
                        .iterator()
                        .next()
                        .getBoolean(0);
                seen.add("%s %s".formatted(host.getKey(), readOnly ? "only reads" : "accepts writes"));
                primary = readOnly || primary != null ? primary : connection;
            } catch (Trouble trouble) {
                away = true;
                seen.add("%s cannot be used: %s".formatted(host.getKey(), trouble.getMessage()));
            }
        }
        String hosts = String.join("; ", seen) + ".";
        if (primary == null) {
            findings.wrong(
                    CHECK,
                    hosts
                            + (away
                                    ? " Correct the URL, the login, the certificate, or the way there."
                                    : " Name the primary in the URL, or all hosts."));
        } else if (away) {
            findings.warning(CHECK, hosts + " MeetGate works without it, until the next failover.");
        } else if (url.hosts().size() > 1 && !url.primary()) {
            findings.warning(
                    CHECK,
                    hosts + " With target_session_attrs=any MeetGate may take one that only reads. Set read-write.");
        } else {
            findings.ok(
                    CHECK,
                    hosts
                            + (url.hosts().size() > 1
                                    ? " The one that accepts writes is found."
                                    : " After a failover, the same name must lead to the new primary, or name all hosts."));
        }
        return primary;
    }

    private static void encryption(DatabaseUrl url, SqlConnection connection, Findings findings) {
        boolean local = url.hosts().stream().allMatch(Host::isLoopback);
        String better = " Set sslmode=verify-full, and sslrootcert for a private authority.";
        if (!connection.isSSL()) {
            if (local) {
                findings.ok("database TLS", "Not used, and the database is on this machine.");
            } else {
                findings.warning("database TLS", "Not used: who is on the way can read along." + better);
            }
            return;
        }
        switch (url.tls()) {
            case VERIFY_FULL -> findings.ok("database TLS", "Used. Certificate and host name are verified.");
            case VERIFY_CA ->
                findings.warning("database TLS", "Used. The certificate is verified, the host name is not." + better);
            case DISABLE, ALLOW, PREFER, REQUIRE -> {
                if (local) {
                    findings.ok("database TLS", "Used, and the database is on this machine.");
                } else {
                    findings.warning("database TLS", "Used, but any certificate is accepted." + better);
                }
            }
        }
    }

    private static void pace(SqlConnection connection, Findings findings) throws Trouble {
        var times = new ArrayList<Duration>();
        Duration difference = Duration.ZERO;
        for (int round = 0; round < ROUNDS; round++) {
            Instant asked = Instant.now();
            long began = System.nanoTime();
            Row row = Trouble.unless(
                            connection.query("select clock_timestamp()").execute())
                    .iterator()
                    .next();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            times.add(took);
            difference = Duration.between(
                    asked.plus(took.dividedBy(2)), row.getOffsetDateTime(0).toInstant());
        }
        Duration median = times.stream().sorted().toList().get(ROUNDS / 2);
        String text = "A statement takes %.1f ms.".formatted(median.toNanos() / 1e6);
        if (median.compareTo(SLOW) > 0) {
            findings.warning(CHECK, text + " Each call needs some: run MeetGate nearer to the database.");
        } else {
            findings.ok(CHECK, text);
        }
        Clock.compare("the database", difference, findings);
    }

    private void limits(SqlConnection connection, Findings findings) throws Trouble {
        Row facts = Trouble.unless(connection.query(FACTS).execute()).iterator().next();
        int version = facts.getInteger("version");
        if (version < OLDEST_TESTED) {
            findings.warning(
                    CHECK,
                    "PostgreSQL %d is older than those that MeetGate is tested with. Upgrade it to %d or later."
                            .formatted(version, OLDEST_TESTED));
        } else {
            findings.ok(CHECK, "PostgreSQL %d.".formatted(version));
        }
        int allowed = List.of("connections", "of_role", "of_database").stream()
                .mapToInt(facts::getInteger)
                .filter(limit -> limit >= 0)
                .min()
                .orElse(0);
        String setting = deployment.value("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE");
        int pool = setting != null && setting.matches("\\d{1,5}") ? Integer.parseInt(setting) : DEFAULT_POOL;
        String text = "A replica opens up to %d connections. PostgreSQL allows %d; %d are open."
                .formatted(pool, allowed, facts.getInteger("in_use"));
        String less = " Raise the limit, or set QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE lower.";
        if (allowed < pool) {
            findings.wrong(CHECK, text + less);
        } else if (allowed < 2 * pool) {
            findings.warning(CHECK, text + " An update has two replicas for a while." + less);
        } else {
            findings.ok(CHECK, text);
        }
    }
}
