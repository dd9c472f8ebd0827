package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Sandbox;
import dev.meetgate.local.LocalSurroundings;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The leader of a real cluster dies, or hands over, during a storm of refreshes and events on three replicas.
 * GoTo replaces refresh tokens and detects the second use of one.
 */
class FailoverIT {

    private static final Duration LONGEST_REST = Duration.ofSeconds(70);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String REFRESH = "refresh_token";
    private static final int CONNECTIONS = 40;
    private static final String DENIED = "dev.meetgate.connect_link.denied";
    private static final List<String> REFUSERS =
            Stream.generate(Api::freshUser).limit(8).toList();
    private static final long AT_MOST_MILLIS = 6000;

    private static Patroni cluster;
    private static Replica[] replicas;
    private static List<String> users;

    private final Map<String, Integer> generations = new HashMap<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();

    /** How often a replica has said that it knows of a user's refusal. */
    private static final Map<String, Integer> REFUSALS = new HashMap<>();

    private volatile boolean goOn = true;

    @BeforeAll
    static void start() throws Exception {
        Sandbox.reset();
        Sandbox.set("rotation", "ROTATING");
        cluster = Patroni.start();
        cluster.execute("create role meetgate login password 'secret'");
        cluster.execute("create database meetgate owner meetgate");
        var settings = Replica.surroundings();
        settings.keySet().removeIf(name -> name.startsWith("QUARKUS_DATASOURCE_"));
        settings.put("DATABASE_URL", cluster.url("meetgate"));
        settings.put("MEETGATE_UPKEEP_INTERVAL", "1s");
        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_URL", Sandbox.url() + "/webhook");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");
        replicas = new Replica[] {Replica.start(settings), Replica.start(settings), Replica.start(settings)};
        RestAssured.port = replicas[0].port();
        users = Stream.generate(Api::connectedUser).limit(CONNECTIONS).toList();
    }

    @AfterAll
    static void stop() throws Exception {
        for (Replica replica : replicas) {
            replica.close();
        }
        cluster.close();
    }

    @AfterEach
    void report() throws Exception {
        if (goOn) {
            goOn = false;
            System.out.println(cluster.logs());
        }
    }

    @Test
    void survivesTheDeathOfTheLeader() throws Exception {
        var storm = Concurrently.start(this::storm);
        awaitStorm();
        Patroni.Node old = cluster.leader();

        old.kill();
        endureUntilItWorks("killed leader", storm);

        old.start();
        cluster.awaitStandbys();
        assertTrue(old.is("replica"), "the old leader is no standby");
    }

    @Test
    void survivesASwitchOver() throws Exception {
        var storm = Concurrently.start(this::storm);
        awaitStorm();
        Patroni.Node old = cluster.leader();

        cluster.switchOver();
        Await.until(() -> !old.is("leader"));
        endureUntilItWorks("switch-over", storm);

        cluster.awaitStandbys();
        assertTrue(old.is("replica"), "the old leader is no standby");
    }

    /** Refreshes all connections over and over again, with calls on all replicas. */
    private Integer storm() {
        int rounds = 0;
        while (goOn) {
            Sandbox.expireAccessTokens();
            var calls = new ArrayList<CompletableFuture<Integer>>();
            for (String user : users) {
                for (Replica replica : replicas) {
                    calls.add(replica.listMeetings(user));
                }
            }
            REFUSERS.forEach(this::refuse);
            synchronized (answers) {
                calls.forEach(call -> answers.merge(call.join(), 1, Integer::sum));
            }
            users.forEach(this::checkGeneration);
            rounds++;
        }
        return rounds;
    }

    /** Makes an event. While no server is writable, calls fail and make none. */
    private void refuse(String user) {
        try {
            String link = asDemo().body(Map.of())
                    .post("/v1/users/{user}/connect-links", user)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("url");
            String local = link.replace(LocalSurroundings.PUBLIC_URL, "http://localhost:" + RestAssured.port);
            if (new Browser().submit(local + "/cancel").status() == 303) {
                REFUSALS.merge(user, 1, Integer::sum);
            }
        } catch (Exception | AssertionError failedOver) {
            Thread.yield();
        }
    }

    private void checkGeneration(String user) {
        var connection = asDemo().get("/v1/users/{user}/connection", user);
        if (connection.statusCode() == 200) {
            int now = connection.path("generation");
            int before = generations.getOrDefault(user, 0);
            assertTrue(now >= before, "generation " + now + " after " + before);
            generations.put(user, now);
        }
    }

    private void awaitStorm() {
        int before = Sandbox.tokenRequests(REFRESH);
        Await.until(() -> Sandbox.tokenRequests(REFRESH) > before + CONNECTIONS + CONNECTIONS / 2);
    }

    private void endureUntilItWorks(String what, CompletableFuture<Integer> storm) throws Exception {
        long began = System.nanoTime();
        Await.until(Patroni.PATIENCE, () -> cluster.writable() != null);
        long writable = System.nanoTime();
        var ready = new ArrayList<CompletableFuture<Long>>();
        for (Replica replica : replicas) {
            ready.add(Concurrently.start(() -> {
                Await.until(() -> writes(replica));
                return System.nanoTime();
            }));
        }
        long slowest = 0;
        for (var each : ready) {
            slowest = Math.max(slowest, (each.join() - writable) / 1_000_000);
        }
        Await.until(() -> Sandbox.hasAnswered(REFRESH));
        goOn = false;
        int rounds = storm.join();

        int lost = 0;
        for (String user : users) {
            for (Replica replica : replicas) {
                RestAssured.port = replica.port();
                checkGeneration(user);
            }
            lost += statusAfterRest(user) == 200 ? 0 : 1;
        }
        String events = checkEvents();
        int spent = users.stream().mapToInt(Api::generation).sum() - CONNECTIONS;
        System.out.printf(
                "failover: %s, writable after %d ms, all replicas work %d ms later, %d rounds, answers %s,"
                        + " refreshes lost %d, second spends %d, %s%n",
                what, (writable - began) / 1_000_000, slowest, rounds, answers, lost, Sandbox.reuses(), events);

        assertEquals(0, lost, "lost refresh tokens");
        assertEquals(0, Sandbox.reuses(), "second spends");
        assertEquals(Sandbox.tokenRequests(REFRESH), spent, "each refresh is stored once");
        assertTrue(slowest < AT_MOST_MILLIS, slowest + " ms");
    }

    /**
     * The storm lets tokens expire while calls are under way. A path that has rejected two tokens of one call is
     * answered 403 for half a minute, or a minute after the second time.
     */
    private static int statusAfterRest(String user) {
        long end = System.nanoTime() + LONGEST_REST.toNanos();
        int status = replicas[0].listMeetings(user).join();
        while (status == 403 && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
            status = replicas[0].listMeetings(user).join();
        }
        return status;
    }

    private static boolean writes(Replica replica) {
        return asDemo().port(replica.port())
                        .post("/v1/users/{user}/connect-links", users.get(0))
                        .statusCode()
                == 201;
    }

    /** Each refusal has its event, and each event arrives in the order of the feed. */
    private static String checkEvents() {
        int events = 0;
        int arrivals = 0;
        for (String user : REFUSERS) {
            List<String> feed = asDemo().get("/v1/events?limit=200&types={type}&user={user}", DENIED, user)
                    .jsonPath()
                    .getList("items.id");
            assertTrue(feed.size() >= REFUSALS.getOrDefault(user, 0), "an event is lost");
            Await.until(() -> new HashSet<>(arrivals(user)).size() >= feed.size());
            List<String> arrived = arrivals(user);
            assertEquals(feed, arrived.stream().distinct().toList());
            events += feed.size();
            arrivals += arrived.size();
        }
        return "%d events, %d arrivals".formatted(events, arrivals);
    }

    private static List<String> arrivals(String user) {
        return Sandbox.events().stream()
                .map(arrival -> new JsonObject(String.valueOf(arrival.get("body"))))
                .filter(event -> event.getString("subject").equals(user)
                        && event.getString("type").equals(DENIED))
                .map(event -> event.getString("id"))
                .toList();
    }
}
