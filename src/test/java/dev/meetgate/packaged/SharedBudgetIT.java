package dev.meetgate.packaged;

import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.walk;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Counts the calls of three replicas with one budget at GoTo. {@code -Dlocal.long} sends more calls. */
@Tag("thorough")
class SharedBudgetIT {

    private static final int LIMIT = 8;
    private static final int CALLS = Boolean.getBoolean("local.long") ? 500 : 120;
    private static final int PATIENT = 300;

    private static List<Replica> replicas;

    @BeforeAll
    static void start() throws Exception {
        replicas = List.of(start(LIMIT), start(LIMIT), start(LIMIT));
        RestAssured.port = replicas.get(0).port();
        Sandbox.reset();
        // The first calls of a JVM are slow between the budget and GoTo.
        statuses(imports(connectedUser(), 30));
    }

    private static Replica start(int limit) throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("GOTO_REQUESTS_PER_SECOND", String.valueOf(limit));
        return Replica.start(settings);
    }

    @AfterAll
    static void stop() {
        replicas.forEach(Replica::close);
    }

    @BeforeEach
    void reset() throws Exception {
        Sandbox.reset();
        RestAssured.port = replicas.get(0).port();
        execute("update goto_budget set next_slot = now(), paused_until = now(), full_speed_at = now()");
    }

    @Test
    void neverExceedsTheLimitAndStaysFairDuringAnImport() throws Exception {
        String importer = connectedUser();
        String other = connectedUserOfOther();
        int reservations = reservations(replicas);
        Instant began = Instant.now();

        var imports = imports(importer, CALLS);
        // The other calls are in the queues now.
        Await.until(() -> done(imports) >= LIMIT);
        var waits = new ArrayList<Long>();
        while (done(imports) < CALLS * 4 / 5) {
            Instant asked = Instant.now();
            var answer = replicas.get(waits.size() % replicas.size()).listMeetings(other, "other-key", PATIENT);
            assertEquals(200, answer.get().statusCode());
            waits.add(millisSince(asked));
        }
        assertEquals(List.of(200), statuses(imports));

        int sent = Sandbox.requests("api");
        double perSecond = sent / (millisSince(began) / 1000.0);
        double statements = (double) (reservations(replicas) - reservations) / sent;
        waits.sort(null);
        report("%d calls at a limit of %d: %.1f in a second, at most %d", sent, LIMIT, perSecond, peak());
        report("%.2f statements a call", statements);
        report(
                "another tenant's call took %d ms, the worst of %d took %d ms",
                middle(waits), waits.size(), last(waits));
        assertEquals(CALLS + waits.size(), sent, "some calls were sent twice");
        keepsTheLimit(() -> statuses(imports(importer, CALLS)));
        assertTrue(last(waits) <= 3000, "another tenant waited " + last(waits));
        assertTrue(perSecond > 0.6 * LIMIT, "the budget is not used");
    }

    /** Where a busy machine delays calls so that they arrive together, a second measurement counts. */
    private void keepsTheLimit(Callable<List<Integer>> again) throws Exception {
        if (peak() > LIMIT + 2) {
            report("measured again after %d in a second", peak());
            reset();
            assertEquals(List.of(200), again.call());
        }
        assertTrue(peak() <= LIMIT + 2, () -> "GoTo saw " + Sandbox.arrivals("api"));
    }

    @Test
    void neverExceedsTheLimitWhileTheDatabaseIsSlow() throws Exception {
        String user = connectedUser();
        assertEquals(List.of(200), importWhileTheDatabaseIsSlow(user));
        report("at most %d in a second while the time line stands still time and again", peak());
        keepsTheLimit(() -> importWhileTheDatabaseIsSlow(user));
    }

    private static List<Integer> importWhileTheDatabaseIsSlow(String user) throws SQLException {
        var imports = imports(user, 6 * LIMIT);
        for (int stall = 0; stall < 3; stall++) {
            execute("begin; select * from goto_budget for update; select pg_sleep(0.7); commit");
        }
        return statuses(imports);
    }

    @Test
    void slowsAllReplicasDownAfterA429AndRecovers() throws Exception {
        try {
            slowDownAndRecover();
        } catch (AssertionError perhapsABusyMachine) {
            report("measured again: %s", perhapsABusyMachine.getMessage());
            reset();
            slowDownAndRecover();
        }
    }

    private static void slowDownAndRecover() {
        var imports = imports(connectedUser(), 18 * LIMIT);
        Await.until(() -> done(imports) >= LIMIT);
        Sandbox.fault("api", "STATUS", Map.of("status", 429, "times", 3, "retryAfter", "2"));

        assertEquals(List.of(200), statuses(imports));
        List<Instant> arrivals = Sandbox.arrivals("api");
        int rejected = Sandbox.statuses("api").indexOf(429);
        int first = firstAfterAPause(arrivals, rejected, Duration.ofSeconds(1));
        Instant resumed = arrivals.get(first);
        long paused = Duration.between(arrivals.get(rejected), resumed).toMillis();
        int recovery = IntStream.range(0, 30)
                .filter(second -> count(arrivals, resumed.plusSeconds(second)) >= 0.9 * LIMIT)
                .findFirst()
                .orElseThrow(() -> new AssertionError("it stays slow"));
        report(
                "429 with Retry-After: 2: %d calls that were on their way, %d ms later %d in a second, %d after %d s",
                first - rejected - 1, paused, count(arrivals, resumed), LIMIT, recovery);
        assertTrue(paused >= 1900, "a pause of " + paused);
        assertTrue(first - rejected <= LIMIT / 2, first - rejected + " calls after the first 429");
        assertTrue(count(arrivals, resumed) <= 0.75 * LIMIT, "at once " + count(arrivals, resumed));
        assertTrue(recovery >= 3 && recovery <= 20, "recovered after " + recovery);
    }

    @Test
    void removesACallWhoseCallerLeaves() throws Exception {
        String user = connectedUser();
        Replica replica = replicas.get(1);
        Sandbox.fault("api", "STATUS", Map.of("status", 429, "retryAfter", "5"));
        assertEquals(429, replica.listMeetings(user, "demo-key", 1).get().statusCode());

        try (var caller = new Socket("localhost", replica.port())) {
            caller.getOutputStream().write("""
                    GET /v1/users/%s/meetings HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer demo-key\r
                    \r
                    """.formatted(user).getBytes(US_ASCII));
            awaitQueued(replica, 1);
        }
        awaitQueued(replica, 0);
        assertEquals(1, Sandbox.requests("api"));
    }

    @Test
    void needsFewStatementsAtAHighLimit() throws Exception {
        String user = connectedUser();
        try (Replica fast = start(1000)) {
            Replica.listMeetings(user, 100, fast);
            int reservations = reservations(List.of(fast));
            for (int call = 0; call < 100; call++) {
                Replica.listMeetings(user, 20, fast);
            }
            double statements = (reservations(List.of(fast)) - reservations) / 2000.0;
            report("%.2f statements a call at a limit of 1000", statements);
            assertTrue(statements < 0.6, statements + " statements a call");
        }
    }

    private static List<CompletableFuture<HttpResponse<Void>>> imports(String user, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> replicas.get(call % replicas.size()).listMeetings(user, "demo-key", PATIENT))
                .toList();
    }

    private static List<Integer> statuses(List<CompletableFuture<HttpResponse<Void>>> calls) {
        return calls.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .distinct()
                .toList();
    }

    private static long done(List<CompletableFuture<HttpResponse<Void>>> calls) {
        return calls.stream().filter(CompletableFuture::isDone).count();
    }

    private static String connectedUserOfOther() {
        String user = freshUser();
        String link = asOther().post("/v1/users/{user}/connect-links", user).path("url");
        assertTrue(walk(new Browser(), link).contains("status=connected"));
        return user;
    }

    private static int firstAfterAPause(List<Instant> arrivals, int begin, Duration atLeast) {
        return IntStream.range(begin + 1, arrivals.size())
                .filter(next ->
                        !arrivals.get(next).isBefore(arrivals.get(next - 1).plus(atLeast)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no pause"));
    }

    /** The number of arrivals in the second after this time. */
    private static int count(List<Instant> arrivals, Instant begin) {
        return (int) arrivals.stream()
                .filter(at -> !at.isBefore(begin) && at.isBefore(begin.plusSeconds(1)))
                .count();
    }

    private static void awaitQueued(Replica replica, int expected) {
        Instant deadline = Instant.now().plusSeconds(4);
        while (queued(replica) != expected) {
            assertTrue(Instant.now().isBefore(deadline), queued(replica) + " are in the queue, not " + expected);
        }
    }

    private static int queued(Replica replica) {
        return metric("queued", replica);
    }

    /** How many statements these replicas have sent to reserve slots. */
    private static int reservations(List<Replica> replicas) {
        return replicas.stream()
                .mapToInt(replica -> metric("reservations_total", replica))
                .sum();
    }

    private static int metric(String name, Replica replica) {
        String metrics = RestAssured.given()
                .port(replica.managementPort())
                .get("/q/metrics")
                .asString();
        Matcher metric = Pattern.compile("meetgate_budget_" + name + "(?:\\{.*})? (\\d+)")
                .matcher(metrics);
        assertTrue(metric.find(), metrics);
        return Integer.parseInt(metric.group(1));
    }

    private static void execute(String sql) throws SQLException {
        String url = Replica.surroundings().get("QUARKUS_DATASOURCE_REACTIVE_URL");
        try (var database = Database.open(url);
                var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int peak() {
        return Sandbox.peakPerSecond("api");
    }

    private static long millisSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis();
    }

    private static long middle(List<Long> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static long last(List<Long> sorted) {
        return sorted.get(sorted.size() - 1);
    }

    private static void report(String format, Object... values) {
        System.out.printf("budget: " + format + "%n", values);
    }
}
