package dev.meetgate.events;

import static dev.meetgate.Api.asCareful;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.walk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.local.LocalPostgres;
import dev.meetgate.local.LocalSurroundings;
import io.cloudevents.jackson.JsonFormat;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WebhookTest.Receivers.class)
class WebhookTest {

    private static final String NEW_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=";
    private static final String OLD_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDAAECAwQFBgc=";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The receiver of the tenant demo is the sandbox. That of the tenant other never answers, that of the tenant
     * careful without an end.
     */
    public static final class Receivers implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "meetgate.webhook-private-targets",
                    "true",
                    // A test that calls for upkeep would join a run that has sent what was due before.
                    "meetgate.upkeep-interval",
                    "60m",
                    "meetgate.events-keep",
                    "1h",
                    "meetgate.tenants.demo.webhook-url",
                    LocalSurroundings.settings().get("goto.api-url") + "/webhook",
                    "meetgate.tenants.demo.webhook-secret",
                    NEW_SECRET + "," + OLD_SECRET,
                    "meetgate.tenants.other.webhook-url",
                    "http://127.0.0.1:" + silentPort() + "/webhook",
                    "meetgate.tenants.other.webhook-secret",
                    OLD_SECRET,
                    "meetgate.tenants.careful.webhook-url",
                    "http://127.0.0.1:" + talkativePort() + "/webhook",
                    "meetgate.tenants.careful.webhook-secret",
                    OLD_SECRET);
        }

        /** Without a reference it would be closed. */
        private static ServerSocket silent;

        /** Profile and test are in different class loaders. */
        static int talkativePort() {
            return Integer.parseInt(System.getProperties()
                    .computeIfAbsent("test.talkative-receiver", name -> String.valueOf(freePort()))
                    .toString());
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int silentPort() {
            try {
                silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
                return silent.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Database.update("delete from delivery");
        Database.update("update webhook set disabled_at = null, paused_until = null");
    }

    @Test
    void sendsSignedEventsAsTheFeedHasThem() throws Exception {
        String user = connectedUser();

        Map<String, Object> sent = sentOf(user, 1).get(0);
        String body = String.valueOf(sent.get("body"));
        for (String secret : List.of(NEW_SECRET, OLD_SECRET)) {
            new Webhook(secret).verify(body, headers(sent));
        }
        var forged = new Webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThrows(WebhookVerificationException.class, () -> forged.verify(body, headers(sent)));
        assertThrows(WebhookVerificationException.class, () -> new Webhook(NEW_SECRET)
                .verify(body.replace(user, "mallory"), headers(sent)));

        var event = new JsonFormat().deserialize(body.getBytes(UTF_8));
        assertEquals("dev.meetgate.connection.connected", event.getType());
        assertEquals("/v1/users/" + user + "/connection", event.getSource().toString());
        assertEquals(event.getId(), headers(sent).get("webhook-id").get(0));
        String feed = asDemo().get("/v1/events?user={user}", user).asString();
        assertEquals(JSON.readTree(feed).at("/items/0"), JSON.readTree(body));
    }

    private static Map<String, List<String>> headers(Map<String, Object> sent) {
        Map<?, ?> headers = (Map<?, ?>) sent.get("headers");
        return HttpHeaders.of(
                        Map.of(
                                "webhook-id", List.of(String.valueOf(headers.get("webhook-id"))),
                                "webhook-timestamp", List.of(String.valueOf(headers.get("webhook-timestamp"))),
                                "webhook-signature", List.of(String.valueOf(headers.get("webhook-signature")))),
                        (name, value) -> true)
                .map();
    }

    @Test
    void holdsBackOnlyLaterEventsOfTheSameUser() {
        String failing = connectedUser();
        sentOf(failing, 1);
        Sandbox.fault("webhook", "STATUS", Map.of("status", 500));
        walk(new Browser(), connectLink(failing));
        Await.until(() -> Database.count("delivery where last_status = 500") == 1);
        Database.update("update delivery set due_at = now() + interval '1 hour' where last_status = 500");
        asDemo().delete("/v1/users/{user}/connection", failing).then().statusCode(204);
        String other = connectedUser();

        sentOf(other, 1);
        assertEquals(1, typesSentOf(failing).size());
        deliveries("PENDING")
                .body("items.size()", equalTo(2))
                .body("items[1].lastStatus", equalTo(500))
                .body("items[1].lastProblem", equalTo("status"))
                .body("items[1].attempts", equalTo(1))
                .body("items[0].attempts", equalTo(0));

        becomeDue();
        sentOf(failing, 3);
        assertEquals(
                List.of(
                        "dev.meetgate.connection.connected",
                        "dev.meetgate.connection.reconnected",
                        "dev.meetgate.connection.disconnected"),
                typesSentOf(failing));
        Await.until(() -> Database.count("delivery where state = 'PENDING'") == 0);
    }

    @Test
    void sendsWhatWaitsBehindAnEventThatIsDeleted() {
        String user = userWhoseSecondEventWaits();
        Database.update("""
                update event set created_at = now() - interval '6 days'
                 where seq = (select event_seq from delivery where last_status = 500)
                """);
        upkeep();

        sentOf(user, 1);
        assertEquals(List.of("dev.meetgate.connection.disconnected"), typesSentOf(user));
    }

    @Test
    void sendsWhatComesWhileTheEventBeforeItEnds() throws SQLException {
        String user = userWhoseFirstEventIsPostponed();
        try (var end = Database.begin("update delivery set state = 'DELIVERED'")) {
            asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
            Await.until(() -> Database.count("delivery join webhook using (tenant) where reached >= position") == 2);
            end.commit();
        }
        upkeep();

        sentOf(user, 1);
    }

    @Test
    void sendsWhatBeganToWaitWhileTheEventBeforeItEnds() throws SQLException {
        String user = userWhoseSecondEventWaits();
        Database.update("update delivery set waits = false");
        CompletableFuture<Integer> end;
        try (var begin = Database.begin("update delivery set waits = attempts = 0")) {
            end = Concurrently.start(
                    () -> Database.update("update delivery set state = 'DELIVERED' where last_status = 500"));
            Await.until(() -> Database.count("pg_stat_activity where wait_event_type = 'Lock'"
                            + " and query like 'update delivery set state = ''DELIVERED''%'")
                    == 1);
            begin.commit();
        }
        assertEquals(1, end.join());
        upkeep();

        sentOf(user, 1);
    }

    /** A transaction that does not see what has begun to wait meanwhile could let it wait for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"update delivery set state = 'DELIVERED'", "delete from delivery"})
    void endsNoEventInATransactionThatIsRepeatableRead(String end) throws SQLException {
        userWhoseSecondEventWaits();
        try (var connection = Database.open(LocalPostgres.url());
                var statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var refusal =
                    assertThrows(SQLException.class, () -> statement.executeUpdate(end + " where last_status = 500"));

            assertTrue(refusal.getMessage().contains("read committed"), refusal.getMessage());
        }
        assertEquals(1, Database.count("delivery where state = 'PENDING' and last_status = 500"));
        assertEquals(1, Database.count("delivery where waits"));
    }

    private static String userWhoseSecondEventWaits() {
        String user = userWhoseFirstEventIsPostponed();
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        Await.until(() -> Database.count("delivery where waits") == 1);
        return user;
    }

    private static String userWhoseFirstEventIsPostponed() {
        Sandbox.fault("webhook", "STATUS", Map.of("status", 500));
        String user = connectedUser();
        Await.until(() -> Database.count("delivery where last_status = 500") == 1);
        Database.update("update delivery set due_at = now() + interval '1 day'");
        return user;
    }

    @Test
    @Tag("thorough")
    void triesAgainOnScheduleUntilItIsSwitchedOff() {
        Sandbox.faults("webhook", "STATUS", Map.of("status", 500));
        String user = connectedUser();
        Await.until(() -> Sandbox.requests("webhook") == 1);
        long[] pauses = {5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400};
        for (int attempts = 1; attempts <= pauses.length; attempts++) {
            int made = attempts;
            Await.until(() -> Database.count("delivery where last_status = 500 and attempts = " + made) == 1);
            long pause = Database.number(
                    LocalPostgres.url(), "select extract(epoch from due_at - last_attempt_at)::bigint from delivery");
            assertTrue(
                    pause >= pauses[attempts - 1] && pause <= pauses[attempts - 1] * 1.2 + 2, attempts + ": " + pause);
            becomeDue();
        }

        assertEquals(10, Sandbox.requests("webhook"));
        assertEquals(0, Sandbox.events().size());
        deliveries("FAILED")
                .body("items.user", equalTo(List.of(user)))
                .body("items[0].attempts", equalTo(10))
                .body("disabledAt", org.hamcrest.Matchers.notNullValue());
        var told = asDemo().get("/v1/events?limit=200&types=dev.meetgate.webhook.disabled")
                .jsonPath();
        assertEquals("not-delivered", told.getString("items[-1].data.problem"));
        assertEquals("/v1/webhook", told.getString("items[-1].source"));

        test().body("delivered", equalTo(false)).body("status", equalTo(500)).body("problem", equalTo("status"));
        Sandbox.clearFaults();
        becomeDue();
        assertEquals(0, Sandbox.events().size());
        test().body("delivered", equalTo(true)).body("status", equalTo(204)).body("problem", nullValue());
        sentOf(user, 1);
        deliveries("DELIVERED").body("disabledAt", nullValue());
    }

    @Test
    void isSwitchedOffByAReceiverThatIsGone() {
        Sandbox.fault("webhook", "STATUS", Map.of("status", 410));
        String user = connectedUser();
        Await.until(() -> Database.count("delivery where state = 'FAILED'") == 1);
        String other = connectedUser();
        becomeDue();
        assertEquals(List.of(), typesSentOf(other));

        String id = asDemo().get("/v1/events?user={user}", user).jsonPath().getString("items[0].id");
        redeliver(Map.of("id", id)).statusCode(202).body("events", equalTo(1));
        sentOf(user, 1);
        sentOf(other, 1);
    }

    @Test
    void saysThatTheReceiverIsGoneAtTheLastAttemptToo() {
        Sandbox.fault("webhook", "STATUS", Map.of("status", 500));
        connectedUser();
        Await.until(() -> Database.count("delivery where last_status = 500") == 1);
        Sandbox.fault("webhook", "STATUS", Map.of("status", 410));
        Database.update("update delivery set attempts = 9");
        becomeDue();

        Await.until(() -> Database.count("delivery where state = 'FAILED'") == 1);
        asDemo().get("/v1/events?limit=200&types=dev.meetgate.webhook.disabled")
                .then()
                .body("items[-1].data.problem", equalTo("gone"));
    }

    @Test
    void leavesNoFailedEventWhileItIsOn() throws SQLException {
        Sandbox.fault("webhook", "STATUS", Map.of("status", 500));
        String user = connectedUser();
        Await.until(() -> Database.count("delivery where last_status = 500") == 1);
        CompletableFuture<ValidatableResponse> test;
        try (var failure = Database.begin("update delivery set state = 'FAILED' where tenant = 'demo'")) {
            failure.createStatement().executeUpdate("update webhook set disabled_at = now() where tenant = 'demo'");
            test = Concurrently.start(WebhookTest::test);
            Await.until(() ->
                    Database.count("pg_stat_activity where wait_event_type = 'Lock' and query like '%with missed%'")
                            == 1);
            failure.commit();
        }

        test.join().body("delivered", equalTo(true));
        sentOf(user, 1);
    }

    @Test
    void sendsAFailedEventFirstWhereSwitchingOnWasCutShort() {
        String user = userWhoseSecondEventWaits();
        Database.update("update delivery set state = 'FAILED' where not waits");

        upkeep();

        sentOf(user, 2);
        assertEquals(
                List.of("dev.meetgate.connection.connected", "dev.meetgate.connection.disconnected"),
                typesSentOf(user));
    }

    @Test
    void sendsWhatWaitsWhenItIsSwitchedOnAgain() {
        String waiting = userWhoseFirstEventIsPostponed();
        test().body("delivered", equalTo(true));
        upkeep();
        assertEquals(List.of(), typesSentOf(waiting));
        Sandbox.fault("webhook", "STATUS", Map.of("status", 410));
        connectedUser();
        Await.until(() -> Database.count("delivery where state = 'FAILED'") == 1);

        test().body("delivered", equalTo(true));

        sentOf(waiting, 1);
    }

    @Test
    @Tag("thorough")
    void keepsAnOldEventUntilItIsSent() {
        String user = userWhoseFirstEventIsPostponed();
        Database.update("update event set created_at = now() - interval '2 hours' where user_id = ?", user);
        upkeep();
        assertEquals(1, Database.count("event where user_id = '" + user + "'"));

        becomeDue();
        sentOf(user, 1);
        Await.until(() -> Database.count("delivery where state = 'DELIVERED'") == 1);
        upkeep();
        assertEquals(0, Database.count("event where user_id = '" + user + "'"));
    }

    /** One user's deliveries cannot be stored. */
    @Test
    void sendsTheOthersWhenOneFails() {
        String user = connectedUser();
        sentOf(user, 1);
        refuseDelivered("new.user_id = 'other-1'", "check_violation");
        try {
            Database.update("""
                    insert into event (tenant, user_id, type, data)
                    select 'demo', 'other-' || i, 'dev.meetgate.connect_link.expired',
                           json_build_object('user', 'other-' || i)
                      from generate_series(1, 60) as i
                    """);
            upkeep();
            Await.until(() -> Database.count("delivery where user_id like 'other-%' and state = 'DELIVERED'") == 59);
        } finally {
            Database.update("drop function refuse cascade");
        }
        becomeDue();
        Await.until(() -> Database.count("delivery where state = 'PENDING'") == 0);
    }

    @Tag("thorough")
    @Test
    void storesThatAnEventWasAcceptedWhenTheDatabaseIsBack() {
        refuseDelivered("true", "lock_not_available");
        String user = connectedUser();
        sentOf(user, 1);
        long begin = System.nanoTime();
        try {
            Await.until(() -> System.nanoTime() - begin > 13e9);
        } finally {
            Database.update("drop function refuse cascade");
        }
        Await.until(() -> Database.count("delivery where state = 'DELIVERED'") == 1);
        assertEquals(1, typesSentOf(user).size());
    }

    /** What ends after a look that failed does not know what came before that look. */
    @Test
    @Tag("thorough")
    void looksAgainAfterAFailureWhateverEndsMeanwhile() throws IOException {
        String late = freshUser();
        try (var receiver = new ServerSocket(Receivers.talkativePort(), 1, InetAddress.getLoopbackAddress())) {
            receiver.setSoTimeout(40_000);
            String event = addEvent(freshUser());
            asCareful()
                    .body(Map.of("id", event))
                    .post("/v1/webhook/redeliver")
                    .then()
                    .statusCode(202);
            try (var underWay = receiver.accept()) {
                refuse("insert", "new.tenant = 'careful'", "check_violation");
                try {
                    addEvent(late);
                    asDemo().post("/v1/upkeep").then().statusCode(200).body("finished", equalTo(false));
                } finally {
                    Database.update("drop function refuse cascade");
                }
                accept(underWay);
            }
            try (var next = receiver.accept()) {
                accept(next);
            }
        }
        Await.until(() -> Database.count("delivery where state = 'DELIVERED' and user_id = '" + late + "'") == 1);
    }

    /** Returns its id. */
    private static String addEvent(String user) {
        Database.update("""
                insert into event (tenant, user_id, type, data)
                values ('careful', ?, 'dev.meetgate.connect_link.expired', '{}')
                """, user);
        return asCareful().get("/v1/events?user={user}", user).path("items[0].id");
    }

    private static void accept(Socket connection) throws IOException {
        readHeader(connection);
        connection.getOutputStream().write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
        connection.shutdownOutput();
        // A connection that is closed before all of the request is read breaks.
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void refuseDelivered(String which, String condition) {
        refuse("update", "new.state = 'DELIVERED' and " + which, condition);
    }

    private static void refuse(String change, String which, String condition) {
        Database.update("create function refuse() returns trigger language plpgsql as"
                + " 'begin raise exception using errcode = ''%s''; end'".formatted(condition));
        Database.update("create trigger refuse before %s on delivery for each row when (%s) execute function refuse()"
                .formatted(change, which));
    }

    @Tag("thorough")
    @Test
    void givesTheReceiverOfATestAsLongAsAnyOther() {
        Sandbox.fault("webhook", "SLOW", Map.of("delayMillis", 12_000));

        test().body("delivered", equalTo(true)).body("durationMillis", greaterThan(11_000));
    }

    @ParameterizedTest
    @CsvSource({"429, 120, 120", "503, 120, 120", "503, 999999, 86400"})
    @Tag("thorough")
    void leavesTheReceiverAloneAsLongAsItWants(int status, String wanted, long seconds) {
        Sandbox.fault("webhook", "STATUS", Map.of("status", status, "retryAfter", wanted));
        connectedUser();
        Await.until(() -> Database.count("delivery where last_status = " + status) == 1);
        long pause = Database.number(
                LocalPostgres.url(), "select extract(epoch from due_at - last_attempt_at)::bigint from delivery");
        assertTrue(pause >= seconds && pause < seconds + 10, "pause " + pause);

        String other = connectedUser();
        becomeDue();
        assertEquals(List.of(), typesSentOf(other));
        Database.update("update webhook set paused_until = now()");
        becomeDue();
        sentOf(other, 1);
    }

    @Test
    void followsNoRedirect() {
        Sandbox.fault(
                "webhook", "STATUS", Map.of("status", 307, "headers", Map.of("Location", Sandbox.url() + "/webhook")));

        test().body("delivered", equalTo(false)).body("status", equalTo(307)).body("problem", equalTo("redirect"));

        assertEquals(1, Sandbox.requests("webhook"));
    }

    @Test
    void readsNoMoreOfAnAnswerThanItsStatus() {
        Sandbox.fault("webhook", "ENDLESS");

        test().body("delivered", equalTo(true)).body("status", equalTo(200));
    }

    @Test
    void hangsUpOnAReceiverThatDoesNotStop() throws IOException {
        int enough = 50_000_000;
        try (var server = new ServerSocket(Receivers.talkativePort(), 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            var sent = Concurrently.start(() -> talk(server, enough));
            asCareful().post("/v1/webhook/test").then().body("delivered", equalTo(true));

            assertTrue(sent.join() < enough, "all was read");
        }
    }

    /** Answers the next request with so many bytes, and returns how many could be sent. */
    private static int talk(ServerSocket server, int most) {
        int sent = 0;
        try (var connection = server.accept()) {
            readHeader(connection);
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
            for (; sent < most; sent += 10_000) {
                out.write(new byte[10_000]);
            }
        } catch (IOException closed) {
            return sent;
        }
        return sent;
    }

    private static void readHeader(Socket connection) throws IOException {
        var request = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
        while (!request.readLine().isEmpty()) {
            // The body is left.
        }
    }

    @Test
    void triesAgainAfterABrokenConnection() {
        Sandbox.fault("webhook", "RESET");
        test().body("delivered", equalTo(false)).body("status", nullValue()).body("problem", equalTo("unreachable"));

        Sandbox.fault("webhook", "RESET_AFTER");
        String user = connectedUser();
        Await.until(() -> Database.count("delivery where last_problem = 'unreachable'") == 1);
        becomeDue();
        List<Map<String, Object>> twice = sentOf(user, 2);
        assertEquals(
                headers(twice.get(0)).get("webhook-id"), headers(twice.get(1)).get("webhook-id"));
    }

    @Test
    @Tag("thorough")
    void sendsAgainWhatIsWanted() {
        String user = connectedUser();
        sentOf(user, 1);

        String recently =
                Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
        redeliver(Map.of("since", recently)).statusCode(202).body("events", greaterThan(0));
        sentOf(user, 2);
        redeliver(Map.of()).statusCode(400).body("field", equalTo("since"));
        redeliver(Map.of("since", "yesterday")).statusCode(400).body("field", equalTo("since"));
        redeliver(Map.of("id", "1")).statusCode(400).body("field", equalTo("id"));
        redeliver(Map.of("id", "evt_00000000000000000000000000000000"))
                .statusCode(404)
                .body("code", equalTo("not-found"));
        String event = asDemo().get("/v1/events?user={user}", user).path("items[0].id");
        asOther().body(Map.of("id", event)).post("/v1/webhook/redeliver").then().statusCode(404);
    }

    @Test
    void sendsNothingAgainThatIsEarlierInTheSameSecond() {
        String user = connectedUser();
        sentOf(user, 1);
        Database.update("update event set created_at = '2999-01-15T09:00:00.2Z' where user_id = ?", user);

        redeliver(Map.of("since", "2999-01-15T09:00:00.5Z")).statusCode(202).body("events", equalTo(0));
        redeliver(Map.of("since", "2999-01-15T09:00:00.2Z")).statusCode(202).body("events", equalTo(1));
        sentOf(user, 2);
    }

    @Test
    @Tag("thorough")
    void sendsNothingAgainThatIsUnderWay() {
        Sandbox.fault("webhook", "SLOW", Map.of("delayMillis", 1500));
        String user = connectedUser();
        Await.until(() -> Sandbox.requests("webhook") == 1);
        upkeep();
        upkeep();

        Await.until(() -> Database.count("delivery where state = 'DELIVERED'") == 1);
        assertEquals(1, sentOf(user, 1).size());
        assertEquals(1, Sandbox.requests("webhook"));
    }

    /** As after a pause of this process: another replica has begun the next attempt. */
    @Test
    @Tag("thorough")
    void leavesTheNextAttemptToWhoMakesIt() {
        Sandbox.fault("webhook", "SLOW", Map.of("delayMillis", 5000));
        String user = connectedUser();
        Await.until(() -> Sandbox.requests("webhook") == 1);
        Database.update(
                "update delivery set attempts = 2, last_attempt_at = now(), due_at = now() + interval '1 hour'");

        sentOf(user, 1);
        String other = connectedUser();
        sentOf(other, 1);
        Await.until(() -> Database.count("delivery where state = 'DELIVERED' and user_id = '" + other + "'") == 1);
        assertEquals(1, Database.count("delivery where state = 'PENDING' and user_id = '" + user + "'"));
    }

    @Test
    void repeatsTheAttemptOfAReplicaThatDied() {
        String user = connectedUser();
        sentOf(user, 1);
        Await.until(() -> Database.count("delivery where state = 'DELIVERED'") == 1);
        Database.update("update delivery set state = 'PENDING', due_at = now() + interval '45 seconds'");
        upkeep();
        assertEquals(1, typesSentOf(user).size());

        becomeDue();
        sentOf(user, 2);
    }

    @Tag("thorough")
    @Test
    void isNotDelayedByTheDeadReceiverOfAnotherTenant() {
        for (int user = 0; user < 50; user++) {
            Database.update("""
                    insert into event (tenant, user_id, type, data)
                    values ('other', ?, 'dev.meetgate.connect_link.expired', '{}')
                    """, "dead-" + user);
        }
        asOther().get("/v1/webhook/deliveries").then().statusCode(200);
        upkeep();
        Await.until(() -> Database.count("delivery where tenant = 'other' and attempts > 0") >= 16);

        for (int walk = 0; walk < 5; walk++) {
            String user = connectedUser();
            long begin = System.nanoTime();
            sentOf(user, 1);
            assertTrue(System.nanoTime() - begin < 10e9);
        }
        asOther().post("/v1/webhook/test").then().body("problem", equalTo("timeout"));
    }

    /**
     * In less than a minute on two quiet processors, with the receiver and the database on the same machine.
     */
    @Tag("thorough")
    @Test
    void sendsTenThousandEventsInOrder() {
        Database.update("""
                insert into event (tenant, user_id, type, data)
                select 'demo', 'many-' || i % 2000, 'dev.meetgate.connect_link.expired',
                       json_build_object('user', 'many-' || i % 2000, 'problem', i::text)
                  from generate_series(1, 10000) as i
                """);
        long begin = System.nanoTime();
        upkeep();
        awaitManyDelivered();
        System.out.printf("10,000 events in %.1f s%n", (System.nanoTime() - begin) / 1e9);

        var last = new HashMap<String, Integer>();
        int inOrder = 0;
        for (Map<String, Object> sent : Sandbox.events()) {
            JsonNode event = json(String.valueOf(sent.get("body")));
            if (event.path("subject").asText().startsWith("many-")) {
                int number = Integer.parseInt(event.at("/data/problem").asText());
                assertTrue(number > last.getOrDefault(event.path("subject").asText(), 0));
                last.put(event.path("subject").asText(), number);
                inOrder++;
            }
        }
        assertEquals(10_000, inOrder);

        asDemo().header("Request-Timeout", 300)
                .body(Map.of("since", "2026-01-01T00:00:00Z"))
                .post("/v1/webhook/redeliver")
                .then()
                .statusCode(202)
                .body("events", greaterThanOrEqualTo(10_000));
        awaitManyDelivered();
        Await.until(() -> Database.count("delivery where state = 'PENDING'") == 0);
    }

    /** The time is limited for each thousand, because other tests of the machine may need the processors. */
    private static void awaitManyDelivered() {
        for (int some = 1000; some <= 10_000; some += 1000) {
            int enough = some;
            Await.until(Duration.ofSeconds(120), () -> Database.count("delivery where state = 'DELIVERED'") >= enough);
        }
    }

    @Test
    @Tag("thorough")
    void showsADeliveryPageByPage() {
        connectedUser();
        connectedUser();
        Await.until(() -> Database.count("delivery where state = 'DELIVERED'") == 2);

        JsonPath first = asDemo().get("/v1/webhook/deliveries?limit=1").jsonPath();
        JsonPath second = asDemo().get("/v1/webhook/deliveries?limit=1&cursor=" + first.getString("nextCursor"))
                .jsonPath();
        assertFalse(first.getString("items[0].id").equals(second.getString("items[0].id")));
        assertEquals(null, second.getString("nextCursor"));
        asDemo().get("/v1/webhook/deliveries?state=LOST").then().statusCode(400).body("field", equalTo("state"));
    }

    private static ValidatableResponse test() {
        return asDemo().post("/v1/webhook/test").then().statusCode(200);
    }

    private static ValidatableResponse redeliver(Map<String, String> wanted) {
        return asDemo().body(wanted).post("/v1/webhook/redeliver").then();
    }

    private static ValidatableResponse deliveries(String state) {
        return asDemo().get("/v1/webhook/deliveries?state={state}", state)
                .then()
                .statusCode(200);
    }

    /** Lets the time until the next attempts pass. */
    private static void becomeDue() {
        Database.update("update delivery set due_at = now() where state = 'PENDING'");
        upkeep();
    }

    private static void upkeep() {
        asDemo().post("/v1/upkeep").then().statusCode(200);
    }

    /** Waits for so many events of a user at the receiver. */
    private static List<Map<String, Object>> sentOf(String user, int count) {
        Await.until(() -> typesSentOf(user).size() >= count);
        return Sandbox.events().stream()
                .filter(sent -> String.valueOf(sent.get("body")).contains(user))
                .toList();
    }

    private static List<String> typesSentOf(String user) {
        return Sandbox.events().stream()
                .map(sent -> json(String.valueOf(sent.get("body"))))
                .filter(event -> event.path("subject").asText().equals(user))
                .map(event -> event.path("type").asText())
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
