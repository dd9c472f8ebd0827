package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred thousand connections, links and attempts: nothing reads more of them than it needs, and what expired goes away. */
class GrowthIT {

    /** Twice the largest page; a clean-up finds its 100 rows by one index and deletes them by another. */
    private static final long MOST_ROWS = 400;

    private static final String GROW = """
            insert into connection
            select gen_random_uuid(), case when n %% 2 = 0 then 'demo' else 'other' end, 'grown-' || lpad(n::text, 6, '0'),
                   case when n %% 100 = 0 then 'RECONNECT_REQUIRED' else 'CONNECTED' end, null,
                   repeat('a', 120)::bytea, repeat('r', 120)::bytea, now() + interval '1 hour', 'collab:',
                   'x@example.com', 'X', 'Y', '1', '2', now(), now(), 1, null, null, false
              from generate_series(1, %d) n
            """;
    private static final String LINKS = """
            insert into connect_link
            select sha256(('%1$s' || n)::bytea), 'demo', 'somebody', 'Somebody', null, now() %1$s interval '10 minutes'
              from generate_series(1, %2$d) n
            """;
    private static final String REQUESTS = """
            insert into authorization_request
            select sha256(('%1$s' || n)::bytea), 'browser', 'demo', 'somebody', null, 'sealed', now() %1$s interval '10 minutes'
              from generate_series(1, %2$d) n
            """;

    private static final String KNOWN = """
            insert into known_meeting (tenant, user_id, meeting_id, audio, join_url, expires_at)
            select tenant, user_id, 'grown%1$s', 'HYBRID', 'https://meet.example.com', now() %1$s interval '10 minutes'
              from connection limit %2$d
            """;

    private static final String KEYS = """
            insert into idempotency_key
            select gen_random_uuid(), id, sha256('%1$s'::bytea), 'body', false, now(), now() %1$s interval '10 minutes', '%1$s', null, null
              from (select id from connection where tenant = 'demo' limit %2$d) as grown
            """;

    @TempDir
    static Path data;

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
    void connectsFromIndexes() throws Exception {
        String user = freshUser();
        String link = connectLink(user);
        readsFromIndexes("connect_link");

        new Browser().open(local(link));
        readsFromIndexes("connect_link");

        assertTrue(walk(new Browser(), link).contains("status=connected"));
        readsFromIndexes("connect_link", "authorization_request", "connection");

        assertTrue(walk(new Browser(), connectLink(user)).contains("status=connected"));
        readsFromIndexes("connect_link", "authorization_request", "connection");
    }

    @Test
    void callsRefreshesAndEndsFromIndexes() throws Exception {
        String user = connectedUser();
        postgres.plans();

        meetings(user).then().statusCode(200);
        readsFromIndexes("connection");

        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(200);
        readsFromIndexes("connection");

        Sandbox.revokeGrants();
        meetings(user).then().statusCode(409);
        readsFromIndexes("connection", "connect_link");

        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
        readsFromIndexes("connection");

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        readsFromIndexes("connection");
    }

    @Test
    void asksForKnownMeetingsOnlyWhereThereAreSome() throws Exception {
        String maker = connectedUser();
        createdMeeting(maker);
        String other = connectedUser();
        postgres.plans();

        meetings(maker).then().statusCode(200).body("items[0].joinUrl", notNullValue());
        assertEquals(List.of("connection", "known_meeting"), tablesAskedFor());

        meetings(other).then().statusCode(200).body("items.size()", is(1));
        assertEquals(List.of("connection"), tablesAskedFor());

        Sandbox.expireAccessTokens();
        meetings(maker).then().statusCode(200).body("items[0].joinUrl", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {50_000, 0})
    void createsWithAKeyFromIndexes(int alive) throws Exception {
        postgres.execute("truncate idempotency_key");
        postgres.execute(KEYS.formatted("+", alive));
        postgres.execute(KEYS.formatted("-", 10_000));
        postgres.execute("analyze idempotency_key");
        String user = connectedUser();
        postgres.plans();

        assertEquals(201, create(user).statusCode());
        assertEquals(201, create(user).statusCode());
        readsFromIndexes("idempotency_key", "connection");
        assertEquals(alive + 9_901, postgres.count("idempotency_key"));

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        readsFromIndexes("connection");
        assertEquals(alive + 9_900, postgres.count("idempotency_key"));
    }

    private static Response create(String user) {
        return asDemo().header("Idempotency-Key", "same")
                .body(Map.of("subject", "Once", "startTime", "2027-06-15T09:00:00Z", "endTime", "2027-06-15T10:00:00Z"))
                .post("/v1/users/{user}/meetings", user);
    }

    @Test
    void listsFromIndexes() throws Exception {
        String middle = Base64.getUrlEncoder().withoutPadding().encodeToString("grown-050000".getBytes());
        for (String query : List.of("limit=200", "limit=200&cursor=" + middle)) {
            for (String status : List.of("", "&status=CONNECTED", "&status=RECONNECT_REQUIRED")) {
                List<Object> items = asDemo().get("/v1/connections?" + query + status)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items");
                assertEquals(200, items.size());
                readsFromIndexes("connection");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 0})
    void deletesWhatExpiredFromIndexesWhateverElseIsThere(int alive) throws Exception {
        refill(alive, 10_000);

        connectedUser();
        readsFromIndexes("connect_link", "authorization_request", "connection");
        for (int more = 0; more < 99; more++) {
            connectedUser();
        }

        for (String table : List.of("connect_link", "authorization_request")) {
            assertEquals(0, postgres.count(table + " where expires_at < now()"));
            assertEquals(alive, postgres.count(table));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 0})
    void knowsAndForgetsMeetingsFromIndexesWhateverElseIsThere(int alive) throws Exception {
        refill(alive, 10_000);
        String user = connectedUser();
        postgres.plans();

        String id = createdMeeting(user);
        readsFromIndexes("known_meeting");
        meetings(user).then().statusCode(200).body("items[0].joinUrl", notNullValue());
        readsFromIndexes("known_meeting");
        // What has expired may be the very row that is about to be written.
        postgres.execute(
                "update known_meeting set expires_at = now() - interval '1 day' where meeting_id = '%s'".formatted(id));
        asDemo().body(Map.of("subject", "Retrospective"))
                .patch("/v1/users/{user}/meetings/{id}", user, id)
                .then()
                .statusCode(200)
                .body("joinUrl", notNullValue());
        readsFromIndexes("known_meeting");
        asDemo().delete("/v1/users/{user}/meetings/{id}", user, id).then().statusCode(204);
        readsFromIndexes("known_meeting");

        for (int more = 0; more < 100; more++) {
            createdMeeting(user);
        }
        assertEquals(0, postgres.count("known_meeting where expires_at < now()"));
        assertEquals(alive + 100, postgres.count("known_meeting"));

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        assertEquals(alive, postgres.count("known_meeting"));
    }

    private static void refill(int alive, int expired) throws SQLException {
        postgres.execute("truncate connect_link, authorization_request, known_meeting");
        for (String insert : List.of(LINKS, REQUESTS, KNOWN)) {
            postgres.execute(insert.formatted("+", alive));
            postgres.execute(insert.formatted("-", expired));
        }
        postgres.execute("analyze");
    }

    /** Every statement since the last look, and those tables are among what they read. */
    private static void readsFromIndexes(String... tables) throws Exception {
        List<JsonNode> plans = postgres.plans();
        for (JsonNode plan : plans) {
            assertTrue(rowsRead(plan.path("Plan")) <= MOST_ROWS, plan::toPrettyString);
        }
        var read = plans.stream()
                .flatMap(plan -> plan.findValuesAsText("Relation Name").stream())
                .collect(Collectors.toSet());
        assertTrue(read.containsAll(List.of(tables)), read::toString);
    }

    /** The table of each statement since the last look, but for those about the budget, which calls share. */
    private static List<String> tablesAskedFor() throws Exception {
        return postgres.plans().stream()
                .map(plan -> plan.path("Plan").path("Relation Name").asText())
                .filter(table -> !table.equals("goto_budget"))
                .toList();
    }

    private static long rowsRead(JsonNode node) {
        long rows = 0;
        // A table of a few rows is read in sequence whatever indexes it has.
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
