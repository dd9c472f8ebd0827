package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Works with 100,000 connections, links and attempts: statements read few rows, and expired rows are deleted.
 */
@Tag("thorough")
class GrowthIT {

    /**
     * Three times the largest page: a clean-up finds its 200 rows by one index and deletes them by another,
     * which still has the versions of rows that the same round has erased.
     */
    private static final long MOST_ROWS = 600;

    private static final String GROW = """
            insert into connection
            select gen_random_uuid(), case when n %% 2 = 0 then 'demo' else 'other' end, 'grown-' || lpad(n::text, 6, '0'),
                   case when n %% 100 = 0 then 'RECONNECT_REQUIRED' else 'CONNECTED' end, null,
                   repeat('a', 120)::bytea, repeat('r', 120)::bytea, now() + interval '1 hour', 'collab:',
                   'x' || n || '@example.com', 'X', 'Y', n::text, '2', now(), now(), 1, null, null, false
              from generate_series(1, %d) n
            """;
    private static final String LINKS = """
            insert into connect_link (link_hash, tenant, user_id, display_name, expires_at)
            select sha256(('%1$s' || n)::bytea), 'grown-' || n %% 500, 'somebody', 'Somebody', now() %1$s %3$s
              from generate_series(1, %2$d) n
            """;
    private static final String REQUESTS = """
            insert into authorization_request
                (state_hash, browser_hash, tenant, user_id, sealed_code_verifier, expires_at)
            select sha256(('%1$s' || n)::bytea), 'browser', 'demo', 'somebody', repeat('v', 120)::bytea, now() %1$s %3$s
              from generate_series(1, %2$d) n
            """;

    /**
     * Revocations that are too old, that are due, and that are not due yet. Most belong to users who have
     * connected again. None opens.
     */
    private static final String REVOCATIONS = """
            insert into revocation
            select gen_random_uuid(), 'demo',
                   case when n %% 100 = 1 then 'gone-' || n else 'grown-' || lpad((2 * n)::text, 6, '0') end, repeat('r', 120)::bytea,
                   now() - case when n %% 10 = 0 then interval '8 days' else interval '1 day' end,
                   now() + case when n %% 10 = 1 then interval '-1 minute' else interval '1 hour' end
              from generate_series(1, %d) n
            """;

    private static final String KNOWN = """
            insert into known_meeting (tenant, user_id, meeting_id, audio, join_url, expires_at)
            select tenant, user_id, 'grown%1$s', 'HYBRID', 'https://meet.example.com', now() %1$s %3$s
              from connection limit %2$d
            """;

    private static final String KEYS = """
            insert into idempotency_key
            select gen_random_uuid(), id, sha256('%1$s'::bytea), 'body', false, now(), now() %1$s %3$s, '%1$s', null, null
              from (select id from connection where tenant = 'demo' limit %2$d) as grown
            """;

    /** One user's events. The first one is tried first, and the others wait for it. */
    private static final String EVENTS = """
            insert into event (tenant, user_id, type, data)
            select 'other', 'grown', 'dev.meetgate.connect_link.expired', '{}' from generate_series(1, %d)
            """;

    private static final String[] EXPIRING = {
        "connect_link", "authorization_request", "known_meeting", "idempotency_key"
    };

    private static final String RETIRED_KEY = "old:UcQs8Sk+9Hq0yQ3x1yW0Zl5m2v7t8b4n6c1d3f5g7h8=";

    @TempDir
    static Path data;

    private static final Map<String, String> MEETING = planning();

    private static ExplainingPostgres postgres;
    private static Replica replica;

    @BeforeAll
    static void start() throws Exception {
        postgres = ExplainingPostgres.start(data);
        postgres.execute(GROW.formatted(100_000));
        refill(100_000, 0);
        Map<String, String> settings = Replica.surroundings();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url());
        settings.put("QUARKUS_DATASOURCE_USERNAME", ExplainingPostgres.USER);
        settings.put("QUARKUS_DATASOURCE_PASSWORD", ExplainingPostgres.USER);
        settings.put("MEETGATE_MIGRATE", "false");
        settings.put("MEETGATE_UPKEEP_INTERVAL", "60m");
        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");
        settings.put("MEETGATE_TENANTS_OTHER_WEBHOOK_URL", Sandbox.url() + "/webhook");
        settings.put("MEETGATE_TENANTS_OTHER_WEBHOOK_SECRET", "whsec_" + "A".repeat(32));
        settings.merge("MEETGATE_KEYS", RETIRED_KEY, "%s,%s"::formatted);
        replica = Replica.start(settings);
    }

    @AfterAll
    static void stop() throws Exception {
        if (replica != null) {
            replica.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void reset() throws Exception {
        Sandbox.reset();
        RestAssured.port = replica.port();
        postgres.plans();
    }

    @Test
    void connectsWithoutTableScans() throws Exception {
        String user = freshUser();
        String link = connectLink(user);
        assertNoTableScan("connect_link");

        new Browser().open(local(link));
        assertNoTableScan("connect_link");

        assertTrue(walk(new Browser(), link).contains("status=connected"));
        assertNoTableScan("connect_link", "authorization_request", "connection");

        assertTrue(walk(new Browser(), connectLink(user)).contains("status=connected"));
        assertNoTableScan("connect_link", "authorization_request", "connection");
    }

    @Test
    void callsRefreshesAndDisconnectsWithoutTableScans() throws Exception {
        String user = connectedUser();
        postgres.plans();

        meetings(user).then().statusCode(200);
        assertNoTableScan("connection");

        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(200);
        assertNoTableScan("connection");

        Sandbox.revokeGrants();
        meetings(user).then().statusCode(409);
        assertNoTableScan("connection", "connect_link");

        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
        assertNoTableScan("connection");

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        assertNoTableScan("connection");
    }

    /** The statement that reads the token tells whether another one is needed. */
    @Test
    void asksForKnownMeetingsOnlyIfThereAreSome() throws Exception {
        String maker = connectedUser();
        createdMeeting(maker);
        String other = connectedUser();
        postgres.plans();

        meetings(maker).then().statusCode(200).body("items[0].joinUrl", notNullValue());
        assertEquals(List.of("connection", "known_meeting"), tablesAskedFor());

        meetings(other).then().statusCode(200).body("items", hasSize(1));
        assertEquals(List.of("connection"), tablesAskedFor());

        Sandbox.expireAccessTokens();
        meetings(maker).then().statusCode(200).body("items[0].joinUrl", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {50_000, 0})
    void createsWithAKeyWithoutTableScans(int alive) throws Exception {
        postgres.execute("truncate idempotency_key");
        postgres.execute(KEYS.formatted("+", alive, "interval '10 minutes'"));
        postgres.execute("analyze idempotency_key");
        String user = connectedUser();
        postgres.plans();

        assertEquals(201, create(user).statusCode());
        assertEquals(201, create(user).statusCode());
        assertNoTableScan("idempotency_key", "connection");
        assertEquals(alive + 1, postgres.count("idempotency_key"));

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        assertNoTableScan("connection");
        assertEquals(alive, postgres.count("idempotency_key"));
    }

    private static Response create(String user) {
        return asDemo().header("Idempotency-Key", "same").body(MEETING).post("/v1/users/{user}/meetings", user);
    }

    @Test
    void listsConnectionsWithoutTableScans() throws Exception {
        String middle = Base64.getUrlEncoder().withoutPadding().encodeToString("grown-050000".getBytes());
        for (String query : List.of("limit=200", "limit=200&cursor=" + middle)) {
            for (String status : List.of("", "&status=CONNECTED", "&status=RECONNECT_REQUIRED")) {
                List<Object> items = asDemo().get("/v1/connections?" + query + status)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items");
                assertEquals(200, items.size());
                assertNoTableScan("connection");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 0})
    void deletesExpiredRowsWithoutTableScans(int alive) throws Exception {
        refill(alive, 10_000);
        long kept = rowsOf(EXPIRING, " where expires_at > now()");

        upkeep();

        assertNoTableScan(EXPIRING);
        assertEquals(kept, rowsOf(EXPIRING, ""));
        assertEquals(kept, rowsOf(EXPIRING, " where expires_at > now()"));
    }

    @Test
    void runsUpkeepWithoutTableScans() throws Exception {
        postgres.execute("truncate revocation");
        postgres.execute(REVOCATIONS.formatted(10_000));
        postgres.execute("update connection set sealed_access_token = '\\x00036f6c64' where user_id like 'grown-%500'");
        postgres.execute(
                "update connection set refreshed_at = now() - interval '8 days' where user_id like 'grown-0005%'");
        postgres.execute("analyze");

        upkeep();

        assertNoTableScan("connection", "revocation", "authorization_request");
        assertEquals(9_000, postgres.count("revocation"));
        postgres.execute("truncate revocation");
    }

    @Test
    void triesAnEventWithoutReadingThoseThatWaitForIt() throws Exception {
        Sandbox.faults("webhook", "STATUS", Map.of("status", 500));
        postgres.execute(EVENTS.formatted(2000));
        postgres.execute("analyze");
        upkeep();
        awaitAttempts(1);
        assertEquals(1999, postgres.count("delivery where waits"));
        postgres.execute("analyze");
        postgres.execute("update delivery set due_at = now() where last_status = 500");
        postgres.plans();

        upkeep();
        awaitAttempts(2);
        upkeep();

        assertNoTableScan("delivery");
        postgres.execute("truncate event cascade");
    }

    private static void awaitAttempts(int least) {
        Await.until(() -> {
            try {
                return postgres.count("delivery where last_status = 500 and attempts >= " + least) == 1;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void upkeep() {
        asDemo().post("/v1/upkeep").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 0})
    void remembersMeetingsWithoutTableScans(int alive) throws Exception {
        refill(alive, 0);
        String user = connectedUser();
        postgres.plans();

        String id = createdMeeting(user);
        assertNoTableScan("known_meeting");
        meetings(user).then().statusCode(200).body("items[0].joinUrl", notNullValue());
        assertNoTableScan("known_meeting");
        asDemo().delete("/v1/users/{user}/meetings/{id}", user, id).then().statusCode(204);
        assertNoTableScan("known_meeting");

        createdMeeting(user);
        assertEquals(alive + 1, postgres.count("known_meeting"));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        assertEquals(alive, postgres.count("known_meeting"));
    }

    private static void refill(int alive, int expired) throws SQLException {
        postgres.execute("truncate " + String.join(",", EXPIRING));
        for (String insert : List.of(LINKS, REQUESTS, KNOWN, KEYS)) {
            postgres.execute(insert.formatted("+", alive, "interval '10 minutes'"));
            postgres.execute(insert.formatted("-", expired, "interval '2 days'"));
        }
        postgres.execute("analyze");
    }

    private static long rowsOf(String[] tables, String which) throws SQLException {
        long rows = 0;
        for (String table : tables) {
            rows += postgres.count(table + which);
        }
        return rows;
    }

    /**
     * Each statement since the last check reads few rows, and together they read these tables. The census of
     * the metrics reads all connections, and rests a hundred times as long as it takes.
     */
    private static void assertNoTableScan(String... tables) throws Exception {
        List<JsonNode> plans = postgres.plans().stream()
                .filter(plan -> !plan.path("Query Text").asText().startsWith("select tenant, status, reason, count(*)"))
                .toList();
        for (JsonNode plan : plans) {
            assertTrue(rowsRead(plan.path("Plan")) <= MOST_ROWS, plan::toPrettyString);
        }
        var read = plans.stream()
                .flatMap(plan -> plan.findValuesAsText("Relation Name").stream())
                .collect(Collectors.toSet());
        assertTrue(read.containsAll(List.of(tables)), read::toString);
    }

    /** The table of each statement since the last check, without those of the shared budget. */
    private static List<String> tablesAskedFor() throws Exception {
        return postgres.plans().stream()
                .map(plan -> plan.path("Plan").path("Relation Name").asText())
                .filter(table -> !table.equals("goto_budget"))
                .toList();
    }

    private static long rowsRead(JsonNode node) {
        long rows = 0;
        // PostgreSQL reads a table of a few rows in sequence, with or without an index.
        if (node.has("Index Name") || node.path("Node Type").asText().equals("Seq Scan")) {
            rows = node.path("Actual Loops").asLong()
                    * (node.path("Actual Rows").asLong()
                            + node.path("Rows Removed by Filter").asLong()
                            + node.path("Rows Removed by Index Recheck").asLong());
        }
        for (JsonNode part : node.path("Plans")) {
            rows += rowsRead(part);
        }
        return rows;
    }
}
