package dev.meetgate.events;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EventsTest {

    private static final String CONNECTED = "dev.meetgate.connection.connected";
    private static final String RECONNECTED = "dev.meetgate.connection.reconnected";
    private static final String RECONNECT_REQUIRED = "dev.meetgate.connection.reconnect_required";
    private static final String DISCONNECTED = "dev.meetgate.connection.disconnected";
    private static final String DENIED = "dev.meetgate.connect_link.denied";
    private static final String FAILED = "dev.meetgate.connect_link.failed";
    private static final String EXPIRED = "dev.meetgate.connect_link.expired";

    /** As MeetGate writes an event of a connection, whose generation counts its changes. */
    private static final String CHANGE = """
            with changed as (
                update connection set generation = generation + 1 where user_id = '%s' returning *)
            insert into event (tenant, user_id, type, data)
            select tenant, user_id, 'dev.meetgate.connection.reconnected',
                   (select jsonb_set(data::jsonb, '{connection,generation}', to_jsonb(changed.generation))::json
                      from event where user_id = changed.user_id order by seq limit 1)
              from changed
            """;

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Database.update("delete from connect_link");
    }

    @Test
    void tellsWhatHappensToAConnectionWithTheConnectionOfTheApi() {
        String user = freshUser();
        walk(new Browser(), connectLink(user));
        walk(new Browser(), connectLink(user));
        Map<String, Object> connected = connection(user);
        Sandbox.revokeGrants();
        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(409);
        Map<String, Object> ended = connection(user);
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        assertEquals(List.of(CONNECTED, RECONNECTED, RECONNECT_REQUIRED, DISCONNECTED), types(user));
        List<Map<String, Object>> told = events(user).getList("items.data.connection");
        assertEquals("CONNECTED", told.get(0).get("status"));
        assertEquals(1, told.get(0).get("generation"));
        assertEquals(connected.get("connectedAt"), told.get(1).get("connectedAt"));
        assertEquals(connected.get("scopes"), told.get(1).get("scopes"));
        assertEquals(ended, told.get(2));
        assertEquals("REVOKED", told.get(2).get("reason"));
        assertEquals(ended, told.get(3));
    }

    @Test
    void isACloudEventAndAStandardWebhook() {
        String user = "jürgen/" + freshUser();
        walk(new Browser(), connectLink(user));

        String encoded = user.replace("ü", "%C3%BC").replace("/", "%2F");
        asDemo().get("/v1/events?user={user}", user)
                .then()
                .statusCode(200)
                .body("items[0].specversion", equalTo("1.0"))
                .body("items[0].id", matchesPattern("evt_[0-9a-f]{32}"))
                .body("items[0].source", equalTo("/v1/users/" + encoded + "/connection"))
                .body("items[0].type", equalTo(CONNECTED))
                .body("items[0].subject", equalTo(user))
                .body("items[0].datacontenttype", equalTo("application/json"))
                .body("items[0].data.user", equalTo(user))
                .body("items[0].data.problem", nullValue());
        assertEquals(events(user).getString("items[0].time"), events(user).getString("items[0].timestamp"));
    }

    @Test
    void tellsAnotherAccount() {
        String user = connectedUser("jane.doe@example.com");
        Sandbox.set("consentAccount", "sam.lee@example.com");
        walk(new Browser(), connectLink(user));

        assertEquals(List.of(CONNECTED, RECONNECTED, "dev.meetgate.connection.account_changed"), types(user));
        assertEquals("sam.lee@example.com", events(user).getString("items[2].data.connection.account.email"));
    }

    @ParameterizedTest
    @CsvSource({"DENY, denied, access-denied", "server_error, failed, server-error"})
    void tellsAnAttemptThatConnectedNobody(String consent, String type, String problem) {
        String user = freshUser();
        Sandbox.set("consent", consent);
        walk(new Browser(), connectLink(user));

        assertEquals(List.of("dev.meetgate.connect_link." + type), types(user));
        assertEquals(problem, events(user).getString("items[0].data.problem"));
        assertEquals("/v1/users/" + user + "/connect-links", events(user).getString("items[0].source"));
    }

    @Test
    void tellsAConsentThatLacksScopes() {
        String user = freshUser();
        Sandbox.set("grantedScope", "identity:scim.me");
        walk(new Browser(), connectLink(user));

        assertEquals(List.of(RECONNECT_REQUIRED, FAILED), types(user));
        assertEquals("SCOPE_MISSING", events(user).getString("items[0].data.connection.reason"));
        assertEquals("scope-missing", events(user).getString("items[1].data.problem"));
    }

    @Test
    void tellsOnceThatALinkHasExpired() {
        String unused = freshUser();
        connectLink(unused);
        String begun = freshUser();
        new Browser().submit(local(connectLink(begun)));
        String connected = freshUser();
        connectLink(connected);
        walk(new Browser(), connectLink(connected));
        String disconnected = freshUser();
        connectLink(disconnected);
        asDemo().delete("/v1/users/{user}/connection", disconnected);
        Database.update(
                "update connect_link set expires_at = expires_at - interval '16 minutes' where user_id = any (?)",
                (Object) new String[] {unused, begun, disconnected});
        Database.update("update connect_link set expires_at = now() where user_id = ? and outcome is null", connected);

        upkeep();
        // The person is still at GoTo.
        assertEquals(List.of(), types(begun));
        Database.update("update authorization_request set expires_at = now() where user_id = ?", begun);
        upkeep();
        upkeep();

        assertEquals(List.of(EXPIRED), types(unused));
        assertEquals(List.of(EXPIRED), types(begun));
        assertEquals("connect-expired", events(unused).getString("items[0].data.problem"));
        assertEquals(List.of(CONNECTED), types(connected));
        assertEquals(List.of(), types(disconnected));
    }

    @Test
    void doesNotTellTheExpiryOfALinkThatNobodyAskedFor() {
        String user = connectedUser();
        Sandbox.revokeGrants();
        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(409);
        Database.update("update connect_link set expires_at = now() where user_id = ?", user);

        upkeep();

        assertEquals(List.of(CONNECTED, RECONNECT_REQUIRED), types(user));
    }

    @Test
    void goesOnWhereThePreviousAnswerEnded() {
        String user = connectedUser();
        changeTimes(user, 4);

        Response first = asDemo().get("/v1/events?limit=2&user={user}", user);
        assertEquals(2, first.jsonPath().getList("items").size());
        Response second = next(first);
        assertEquals(2, second.jsonPath().getList("items").size());
        Response third = next(second);
        assertEquals(1, third.jsonPath().getList("items").size());
        Response none = next(third);
        assertEquals(0, none.jsonPath().getList("items").size());
        changeTimes(user, 1);
        assertEquals(List.of(6), next(none).jsonPath().getList("items.data.connection.generation"));
    }

    @Test
    void showsOnlyWhatIsWanted() {
        String user = connectedUser();
        changeTimes(user, 1);

        asDemo().get("/v1/events?user={user}&types={types}", user, CONNECTED + "," + DISCONNECTED)
                .then()
                .body("items.type", equalTo(List.of(CONNECTED)));
        asOther().get("/v1/events?user={user}", user).then().statusCode(200).body("items", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource({"after, bm9wZQ", "after, %00", "types, connected", "limit, 201", "user, %00"})
    void refusesWhatItDoesNotUnderstand(String name, String value) {
        asDemo().urlEncodingEnabled(false)
                .get("/v1/events?" + name + "=" + value)
                .then()
                .statusCode(400)
                .body("field", equalTo(name));
    }

    @Test
    void skipsNoEventThatIsCommittedLate() throws SQLException {
        String slow = connectedUser();
        String fast = connectedUser();
        String cursor = end();
        try (Connection late = Database.begin(CHANGE.formatted(slow))) {
            changeTimes(fast, 1);

            Response seen = asDemo().get("/v1/events?after=" + cursor);
            assertEquals(List.of(fast), seen.jsonPath().getList("items.subject"));
            late.commit();
            assertEquals(List.of(slow), next(seen).jsonPath().getList("items.subject"));
        }
    }

    @Test
    @Tag("thorough")
    void keepsTheOrderOfEachConnectionForEveryReader() {
        List<String> users = List.of(connectedUser(), connectedUser(), connectedUser());
        String cursor = end();
        int writers = 6;
        int changes = 40;

        List<Map<String, List<Integer>>> seen = Concurrently.run(
                writers + 3,
                worker -> worker < writers ? writing(users, changes, worker) : reading(cursor, writers * changes));

        List<Map<String, List<Integer>>> readers = seen.subList(writers, writers + 3);
        for (Map<String, List<Integer>> reader : readers) {
            for (String user : users) {
                int last = 1 + changes * writers / users.size();
                assertEquals(IntStream.rangeClosed(2, last).boxed().toList(), reader.get(user));
            }
        }
    }

    /** Every other transaction has its id before it waits for the connection's row. */
    private static Map<String, List<Integer>> writing(List<String> users, int changes, int writer) {
        for (int change = 0; change < changes; change++) {
            String begin = change % 2 == 0 ? "create temporary table t (a int) on commit drop" : "select 1";
            try (Connection transaction = Database.begin("set local lock_timeout = '30s'");
                    var statement = transaction.createStatement()) {
                statement.execute(begin);
                Thread.yield();
                statement.executeUpdate(CHANGE.formatted(users.get((change + writer) % users.size())));
                transaction.commit();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
        return Map.of();
    }

    private static Map<String, List<Integer>> reading(String cursor, int count) {
        var generations = new HashMap<String, List<Integer>>();
        String after = cursor;
        int read = 0;
        while (read < count) {
            var page = asDemo().header("Prefer", "wait=10")
                    .get("/v1/events?limit=7&after=" + after)
                    .jsonPath();
            List<Map<String, Object>> items = page.getList("items");
            assertFalse(items.isEmpty(), "no more events after " + read);
            for (int item = 0; item < items.size(); item++) {
                generations
                        .computeIfAbsent(page.getString("items[%d].subject".formatted(item)), name -> new ArrayList<>())
                        .add(page.getInt("items[%d].data.connection.generation".formatted(item)));
            }
            read += items.size();
            after = page.getString("nextCursor");
        }
        return generations;
    }

    @ParameterizedTest
    @CsvSource({
        "wait=2, 2",
        "wait=1;x, 1",
        "wait=0045, 45",
        "wait=99999, 45",
        "wait=99999999999999999999, 45",
        "'x, WAIT = \"46\"', 45"
    })
    @Tag("thorough")
    void saysWhichWaitItGrants(String prefer, int granted) {
        String cursor = end();
        changeTimes(connectedUser(), 1);

        asDemo().header("Prefer", prefer)
                .get("/v1/events?after=" + cursor)
                .then()
                .statusCode(200)
                .header("Preference-Applied", equalTo("wait=" + granted));
    }

    @Test
    @Tag("thorough")
    void readsAllLinesOfPrefer() {
        asDemo().header("Prefer", "return=minimal", "wait=1")
                .get("/v1/events?after=" + end())
                .then()
                .statusCode(200)
                .header("Preference-Applied", equalTo("wait=1"));
    }

    @Test
    void waitsForAnEventWithoutADatabaseConnection() {
        String user = connectedUser();
        String cursor = end();
        var waiting = IntStream.range(0, 40)
                .mapToObj(reader -> Concurrently.start(() -> asDemo().header("Prefer", "respond-async, wait=20")
                        .get("/v1/events?user={user}&after={after}", user, cursor)))
                .toList();
        assertEquals(200, asDemo().get("/v1/connections?limit=1").statusCode());

        long begin = System.nanoTime();
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        waiting.forEach(reader -> {
            Response answer = reader.join();
            assertEquals(List.of(DISCONNECTED), answer.jsonPath().getList("items.type"));
            assertEquals("wait=20", answer.header("Preference-Applied"));
        });
        assertTrue(System.nanoTime() - begin < 10e9);
    }

    @Test
    @Tag("thorough")
    void letsNoMoreThanAHundredReadersOfATenantWait() {
        String user = connectedUser();
        String cursor = end();
        var reading = IntStream.range(0, 110)
                .mapToObj(reader -> Concurrently.start(() ->
                        asDemo().header("Prefer", "wait=40").get("/v1/events?user={user}&after={after}", user, cursor)))
                .toList();
        Await.until(() -> reading.stream().filter(CompletableFuture::isDone).count() == 10);
        asOther()
                .header("Prefer", "wait=1")
                .get("/v1/events?user={user}", user)
                .then()
                .header("Preference-Applied", equalTo("wait=1"));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        List<Response> answers = reading.stream().map(CompletableFuture::join).toList();
        assertEquals(
                100,
                answers.stream()
                        .filter(answer -> "wait=40".equals(answer.header("Preference-Applied"))
                                && answer.jsonPath().getList("items.type").equals(List.of(DISCONNECTED)))
                        .count());
        assertEquals(
                10,
                answers.stream()
                        .filter(answer -> answer.header("Preference-Applied") == null
                                && answer.jsonPath().getList("items").isEmpty())
                        .count());
        asDemo().header("Prefer", "wait=1")
                .get("/v1/events?user={user}", freshUser())
                .then()
                .header("Preference-Applied", equalTo("wait=1"));
    }

    @Test
    @Tag("thorough")
    void answersAfterTheWaitWithNothing() {
        String user = freshUser();

        asDemo().header("Prefer", "wait=1")
                .get("/v1/events?user={user}", user)
                .then()
                .time(lessThan(10_000L))
                .body("items", equalTo(List.of()));
    }

    @Test
    @Tag("thorough")
    void waitsNoLongerThanTheCaller() {
        asDemo().header("Prefer", "wait=20")
                .header("Request-Timeout", "1")
                .get("/v1/events?user={user}", freshUser())
                .then()
                .statusCode(200)
                .time(lessThan(10_000L));
    }

    @Test
    void forgetsEventsAfterTheirTime() {
        String user = connectedUser();
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        Database.update(
                "update event set created_at = now() - interval '31 days' where user_id = ? and type like '%.connected'",
                user);

        upkeep();

        assertEquals(List.of(DISCONNECTED), types(user));
    }

    @Test
    void tellsNoSecret() {
        String user = freshUser();
        String link = connectLink(user);
        walk(new Browser(), link);

        String answer = asDemo().get("/v1/events?user={user}", user).asString();
        assertFalse(answer.contains(link.substring(link.lastIndexOf('/') + 1)));
        Sandbox.secrets().forEach(secret -> assertFalse(answer.contains(secret)));
    }

    private static void upkeep() {
        Await.until(() -> asDemo().post("/v1/upkeep").jsonPath().getBoolean("finished"));
    }

    private static void changeTimes(String user, int times) {
        for (int change = 0; change < times; change++) {
            Database.update(CHANGE.formatted(user));
        }
    }

    private static Map<String, Object> connection(String user) {
        return asDemo().get("/v1/users/{user}/connection", user).jsonPath().getMap("$");
    }

    private static io.restassured.path.json.JsonPath events(String user) {
        return asDemo().get("/v1/events?user={user}", user).jsonPath();
    }

    private static List<String> types(String user) {
        return events(user).getList("items.type");
    }

    private static Response next(Response answer) {
        String link = answer.header("Link");
        assertTrue(link.matches("<.*>; rel=\"next\""), link);
        return asDemo().urlEncodingEnabled(false).get(link.substring(1, link.indexOf('>')));
    }

    /** The cursor of the present end of the feed. */
    private static String end() {
        Response page = asDemo().get("/v1/events?limit=200");
        while (page.jsonPath().getList("items").size() == 200) {
            page = next(page);
        }
        return page.jsonPath().getString("nextCursor");
    }
}
