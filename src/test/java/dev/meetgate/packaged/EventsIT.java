package dev.meetgate.packaged;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.freshUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.local.LocalPostgres;
import dev.meetgate.local.LocalSurroundings;
import dev.meetgate.packaged.PostgresProxy.Stop;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills replicas while events are written and sent. Each event is in the feed and arrives at the webhook. It
 * arrives twice only if the receiver did not answer or the sender was killed.
 */
@Tag("thorough")
class EventsIT {

    private static final int WORKERS = 3;
    private static final int USERS_OF_A_WORKER = 16;

    /** In each round of the storm. */
    private static final int LOST_ANSWERS = 2;

    private static final String PENDING = "delivery where state = 'PENDING'";
    private static final String TYPES = Stream.of("connected", "reconnected", "reconnect_required", "disconnected")
            .map(type -> "dev.meetgate.connection." + type)
            .collect(Collectors.joining(","));

    /** Each process has one of its own, which tells whose events are. */
    private static final List<String> SECRETS = new CopyOnWriteArrayList<>();

    /** A step of the delivery of one event at which its sender is killed. */
    enum Step {
        BEFORE_LEASE("with claimed as", Stop.BEFORE, 1),
        AFTER_LEASE("with claimed as", Stop.AFTER, 1),
        RECEIVER_IS_SLOW(null, null, 2),
        ANSWER_RECEIVED("set state = 'DELIVERED'", Stop.BEFORE, 2);

        private final @Nullable String statement;
        private final @Nullable Stop stop;

        /** How often the event arrives. */
        private final int arrivals;

        Step(@Nullable String statement, @Nullable Stop stop, int arrivals) {
            this.statement = statement;
            this.stop = stop;
            this.arrivals = arrivals;
        }
    }

    /** A change of a connection whose replica is killed when PostgreSQL has committed it. */
    enum Change {
        CONNECTED("COMMIT"),
        RECONNECT_REQUIRED("with ended as"),
        DISCONNECTED("with erased as");

        private final String statement;

        Change(String statement) {
            this.statement = statement;
        }
    }

    /**
     * What the receiver got. The secret is that of the process that has sent it. An event of the webhook itself
     * has no user.
     */
    private record Arrival(String id, @Nullable String user, String secret) {}

    /** A process of the storm and the secret with which it alone signs. */
    private record Sender(Replica replica, String secret) {

        static Sender start() throws IOException, InterruptedException {
            String secret = newSecret();
            return new Sender(Replica.start(settings(secret, "1s")), secret);
        }
    }

    private static Replica survivor;

    @BeforeAll
    static void start() throws Exception {
        survivor = Replica.start(settings(newSecret(), "60m"));
    }

    @AfterAll
    static void stop() {
        survivor.close();
        Database.update("delete from delivery");
        Database.update("delete from webhook");
    }

    @BeforeEach
    void reset() {
        RestAssured.port = survivor.port();
        Sandbox.reset();
        deliverAll();
        Database.update("delete from delivery");
        Sandbox.reset();
    }

    private static String newSecret() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        String text = "whsec_" + Base64.getEncoder().encodeToString(bytes);
        SECRETS.add(text);
        return text;
    }

    private static Map<String, String> settings(String secret, String upkeep) {
        var settings = Replica.surroundings();
        settings.put("MEETGATE_UPKEEP_INTERVAL", upkeep);
        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_URL", Sandbox.url() + "/webhook");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_SECRET", secret);
        return settings;
    }

    @Test
    void sendsToAnotherUrlWhatTheFirstOneRefused() throws Exception {
        Sandbox.fault("webhook", "STATUS", Map.of("status", 410));
        String user = Api.connectedUser();
        Await.until(() -> Database.count("delivery where state = 'FAILED'") == 1);
        String secret = newSecret();
        var settings = settings(secret, "60m");
        settings.merge("MEETGATE_TENANTS_DEMO_WEBHOOK_URL", "?moved", String::concat);

        try (Replica moved = Replica.start(settings)) {
            RestAssured.port = moved.port();
            Await.until(() ->
                    arrivals(user).stream().anyMatch(arrival -> arrival.secret().equals(secret)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsAnEventWhoseSenderWasKilled(Step step) throws Exception {
        String user = freshUser();
        kill(victim -> {
            Runnable callback = consented(() -> victim.replica, user);
            if (step.statement == null) {
                Sandbox.fault("webhook", "SLOW", Map.of("delayMillis", 2000));
            } else {
                victim.proxy.stopAt(step.statement, step.stop);
            }
            callback.run();
            Await.until(() -> step.statement == null ? Sandbox.requests("webhook") == 1 : victim.proxy.stopped() == 1);
        });

        upkeep();
        assertEquals(1, Database.number(LocalPostgres.url(), "select attempts from delivery"));
        deliverAll();
        Await.until(() -> arrivals(user).size() == step.arrivals);
        System.out.printf("kill -9 %s: arrived %d times%n", step, step.arrivals);
    }

    @ParameterizedTest
    @EnumSource
    void tellsAChangeWhoseReplicaWasKilledAtOnce(Change change) throws Exception {
        String user = freshUser();
        if (change != Change.CONNECTED) {
            consented(() -> survivor, user).run();
            Await.until(() -> Database.count(PENDING) == 0 && arrivals(user).size() == 1);
        }
        kill(victim -> {
            Runnable call = calling(change, victim.replica, user);
            victim.proxy.stopAt(change.statement, Stop.AFTER);
            Concurrently.start(() -> {
                call.run();
                return user;
            });
            Await.until(() -> victim.proxy.stopped() == 1);
        });

        String told = "dev.meetgate.connection." + change.name().toLowerCase(Locale.ROOT);
        List<String> types = feed(user).getList("items.type");
        assertEquals(told, types.get(types.size() - 1));
        deliverAll();
        assertEquals(
                feed(user).getList("items.id"),
                arrivals(user).stream().map(Arrival::id).toList());
    }

    private static Runnable calling(Change change, Replica victim, String user) {
        if (change == Change.CONNECTED) {
            return consented(() -> victim, user);
        }
        if (change == Change.DISCONNECTED) {
            return () -> disconnect(victim, user);
        }
        Sandbox.revokeGrants();
        Sandbox.expireAccessTokens();
        return () -> victim.listMeetings(user);
    }

    /** A replica with a proxy in front of its database. */
    private record Victim(Replica replica, PostgresProxy proxy) {}

    /** Kills a replica when it has come so far. */
    private static void kill(Consumer<Victim> untilItStops) throws Exception {
        var settings = settings(newSecret(), "60m");
        try (var proxy = PostgresProxy.of(settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"))) {
            settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
            // So that the proxy sees the words of each statement.
            settings.put("QUARKUS_DATASOURCE_REACTIVE_CACHE_PREPARED_STATEMENTS", "false");
            try (Replica replica = Replica.start(settings)) {
                untilItStops.accept(new Victim(replica, proxy));
                replica.kill();
            }
        }
    }

    @Test
    void losesNothingInAStorm() throws Exception {
        var senders = new CopyOnWriteArrayList<Sender>();
        for (int replica = 0; replica < 3; replica++) {
            senders.add(Sender.start());
        }
        Supplier<Replica> any = () -> senders.get(ThreadLocalRandom.current().nextInt(senders.size())).replica;
        List<String> users = Stream.generate(Api::freshUser)
                .limit(WORKERS * USERS_OF_A_WORKER)
                .toList();
        var goesOn = new AtomicBoolean(true);
        var changes = new AtomicInteger();
        CompletableFuture<List<Integer>> work = Concurrently.start(() -> Concurrently.run(
                WORKERS,
                worker -> change(
                        users.subList(worker * USERS_OF_A_WORKER, (worker + 1) * USERS_OF_A_WORKER),
                        any,
                        changes,
                        goesOn)));

        var killed = new HashMap<String, Set<String>>();
        for (int round = 0; round < 3; round++) {
            failOften();
            int before = changes.get();
            Await.until(() -> changes.get() >= before + 40);
            Sender victim = senders.get(0);
            victim.replica.kill();
            killed.put(victim.secret, underWay());
            senders.remove(victim);
            senders.add(Sender.start());
        }
        goesOn.set(false);
        int calls = work.get().stream().mapToInt(Integer::intValue).sum();

        // What is under way now is under way for ever.
        senders.forEach(sender -> sender.replica.terminate());
        for (Sender sender : senders) {
            sender.replica.exitCode();
        }
        Set<String> left = underWay();
        left.removeAll(killed.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        assertEquals(Set.of(), left);
        Sandbox.clearFaults();
        deliverAll();
        check(users, killed, calls);
    }

    /** So that events are under way when a replica is killed, and have to be sent again. */
    private static void failOften() {
        Sandbox.clearFaults();
        Sandbox.fault("webhook", "STATUS", Map.of("status", 500, "times", 2));
        Sandbox.fault("webhook", "RESET", Map.of("times", 2));
        Sandbox.fault("webhook", "RESET_AFTER", Map.of("times", LOST_ANSWERS));
        Sandbox.fault("webhook", "SLOW", Map.of("times", 1000, "delayMillis", 200));
    }

    /** Connects and disconnects users over all replicas. What a killed replica answers does not matter. */
    private static int change(List<String> users, Supplier<Replica> any, AtomicInteger changes, AtomicBoolean goesOn) {
        int calls = 0;
        while (goesOn.get()) {
            String user = users.get(calls % users.size());
            try {
                if (calls / users.size() % 3 == 2) {
                    disconnect(any.get(), user);
                } else {
                    consented(any, user).run();
                }
                changes.incrementAndGet();
            } catch (Exception | AssertionError killed) {
                Thread.yield();
            }
            calls++;
        }
        return calls;
    }

    private static void check(List<String> users, Map<String, Set<String>> killed, int calls) {
        Map<String, List<Arrival>> arrivals = arrivals().stream().collect(Collectors.groupingBy(Arrival::user));
        int events = 0;
        int doublesOfKilled = 0;
        int otherDoubles = 0;
        for (String user : users) {
            JsonPath feed = feed(user);
            isWhole(user, feed);
            List<Arrival> ofUser = arrivals.getOrDefault(user, List.of());
            List<String> ids = ofUser.stream().map(Arrival::id).distinct().toList();
            assertEquals(feed.getList("items.id"), ids);
            events += ids.size();
            for (String id : ids) {
                List<Arrival> ofEvent =
                        ofUser.stream().filter(arrival -> arrival.id.equals(id)).toList();
                boolean isOfKilled = ofEvent.stream().anyMatch(arrival -> killed.getOrDefault(arrival.secret, Set.of())
                        .contains(id));
                doublesOfKilled += isOfKilled ? ofEvent.size() - 1 : 0;
                otherDoubles += isOfKilled ? 0 : ofEvent.size() - 1;
            }
        }
        System.out.printf(
                "%d calls, %d events, %d arrivals, doubles: %d of killed senders, %d without answer, under way at the"
                        + " kills: %s%n",
                calls,
                events,
                events + doublesOfKilled + otherDoubles,
                doublesOfKilled,
                otherDoubles,
                killed.values().stream().map(Set::size).toList());
        assertTrue(otherDoubles <= LOST_ANSWERS * killed.size(), otherDoubles + " doubles");
    }

    /** Each change of the connection has its event: generations are counted from each connect on. */
    private static void isWhole(String user, JsonPath feed) {
        int generation = 0;
        for (Map<String, Object> event : feed.<Map<String, Object>>getList("items")) {
            String type = String.valueOf(event.get("type"));
            int told = new JsonObject(event)
                    .getJsonObject("data")
                    .getJsonObject("connection")
                    .getInteger("generation");
            if (type.endsWith(".disconnected")) {
                assertEquals(generation, told);
                generation = 0;
            } else {
                assertEquals(++generation, told, type);
                assertEquals(generation == 1, type.endsWith(".connected"));
            }
        }
        Integer now =
                asDemo().get("/v1/users/{user}/connection", user).jsonPath().get("generation");
        assertEquals(generation, now == null ? 0 : now);
    }

    private static JsonPath feed(String user) {
        return asDemo().get("/v1/events?limit=200&types={types}&user={user}", TYPES, user)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Events whose attempts have begun and not ended. */
    private static Set<String> underWay() {
        String ids = Database.text("""
                select coalesce(string_agg('evt_' || replace(id::text, '-', ''), ','), '')
                  from delivery join event on seq = event_seq
                 where state = 'PENDING' and due_at - last_attempt_at between interval '44 seconds' and interval '46 seconds'
                """);
        var underWay = new HashSet<>(List.of(ids.split(",")));
        underWay.remove("");
        return underWay;
    }

    /**
     * Lets the time pass until nothing is left to send. What the survivor is sending at this moment is left
     * alone.
     */
    private static void deliverAll() {
        Await.until(() -> {
            Database.update("""
                    update delivery set due_at = now()
                     where state = 'PENDING' and coalesce(last_attempt_at < now() - interval '20 seconds', true)
                    """);
            upkeep();
            return Database.count(PENDING) == 0;
        });
    }

    private static void upkeep() {
        asDemo().post("/v1/upkeep").then().statusCode(200);
    }

    /** Gives the consent, each step at one of the replicas. The result connects. */
    private static Runnable consented(Supplier<Replica> any, String user) {
        var browser = new Browser();
        Replica first = any.get();
        String link = asDemo().port(first.port())
                .body(Map.of("returnUrl", RETURN_URL))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
        String authorize = browser.submit(at(any.get(), link)).location();
        String callback = browser.open(authorize).location();
        return () -> browser.open(at(any.get(), callback));
    }

    private static String at(Replica replica, String url) {
        return url.replace(LocalSurroundings.PUBLIC_URL, "http://localhost:" + replica.port());
    }

    private static void disconnect(Replica replica, String user) {
        asDemo().port(replica.port())
                .delete("/v1/users/{user}/connection", user)
                .then()
                .statusCode(204);
    }

    private static List<Arrival> arrivals(String user) {
        return arrivals().stream().filter(arrival -> user.equals(arrival.user)).toList();
    }

    private static List<Arrival> arrivals() {
        return Sandbox.events().stream().map(EventsIT::arrival).toList();
    }

    private static Arrival arrival(Map<String, Object> received) {
        String body = String.valueOf(received.get("body"));
        Map<?, ?> headers = (Map<?, ?>) received.get("headers");
        var names = List.of("webhook-id", "webhook-timestamp", "webhook-signature");
        var signed = names.stream()
                .collect(Collectors.toMap(name -> name, name -> List.of(String.valueOf(headers.get(name)))));
        String sender = SECRETS.stream()
                .filter(secret -> isSigned(secret, body, signed))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process has signed " + body));
        return new Arrival(signed.get("webhook-id").get(0), new JsonObject(body).getString("subject"), sender);
    }

    private static boolean isSigned(String secret, String body, Map<String, List<String>> headers) {
        try {
            new Webhook(secret)
                    .verify(body, HttpHeaders.of(headers, (name, value) -> true).map());
            return true;
        } catch (WebhookVerificationException | EmptyWebhookSecretException ofAnother) {
            return false;
        }
    }
}
