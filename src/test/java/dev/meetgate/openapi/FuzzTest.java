package dev.meetgate.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Sandbox;
import dev.meetgate.history.Organization;
import dev.meetgate.openapi.RandomRequests.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sends 2,000 random requests made from the OpenAPI document; {@code -Dlocal.seed} repeats a run,
 * {@code -Dlocal.long=true} sends 50,000.
 */
@Tag("thorough")
@QuarkusTest
class FuzzTest {

    private static final int REQUESTS = Boolean.getBoolean("local.long") ? 50_000 : 2_000;

    /** Words that reveal the implementation. */
    private static final Pattern LEAK = Pattern.compile(
            "Exception|\\bat [a-z]+\\.[a-z]+\\.|\\b(java|javax|jakarta|dev\\.meetgate(?!\\.(connection|connect_link|webhook)\\.)|io\\.(quarkus|vertx|smallrye|netty)"
                    + "|org\\.(jboss|hibernate|postgresql)|com\\.fasterxml)\\.|\\bSQL\\b");

    /** Each of these statuses must occur: otherwise the requests test too little. */
    private static final Set<Integer> OF_EVERY_KIND = Set.of(200, 201, 204, 303, 400, 401, 403, 404, 405, 503);

    private static final List<String> FAULTS = List.of("RESET", "RESET_AFTER", "EMPTY", "HTML", "NONSENSE", "HALF");

    private static final List<String> PATHS =
            List.of("G2M/rest/upcomingMeetings", "G2M/rest/meetings", "admin/rest/v1/me", "G2M/rest/meetings/1");

    private static final int SESSION = 1;

    /** Longer request lines are refused before they are read, without a problem. */
    private static final int LONGEST_READABLE_ADDRESS = 10_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long seed = Long.getLong("local.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final RandomRequests requests = new RandomRequests(Description.current(), random);
    private final Map<String, String> violations = new TreeMap<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();

    @Test
    void answersRandomRequestsAsDescribed() throws Exception {
        System.out.println("fuzzing with -Dlocal.seed=" + seed);
        for (int sent = 0; sent < REQUESTS; sent++) {
            if (sent % 80 == 0) {
                connectAUser();
            }
            if (sent % 25 == 0) {
                addAFault();
            }
            Request request = requests.next();
            if (request.address().length() < LONGEST_READABLE_ADDRESS) {
                check(request);
            }
        }
        System.out.println("answered, by status: " + answers);
        assertEquals(Map.of(), violations, "-Dlocal.seed=" + seed);
        assertTrue(answers.keySet().containsAll(OF_EVERY_KIND), answers::toString);
    }

    private void connectAUser() {
        Sandbox.reset();
        String user = random.nextBoolean() ? Api.connectedUser() : Organization.administrator();
        requests.know("user", user);
        requests.know("link", Api.connectLink(user).replaceFirst(".*/", ""));
        requests.know("meetingId", Api.createdMeeting(user));
        requests.know("path", PATHS.get(random.nextInt(PATHS.size())));
        addASession();
    }

    private void addASession() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Sandbox.addSessions(Map.of(
                "organizer",
                Organization.JANE,
                "meetingId",
                SESSION,
                "sessionId",
                SESSION,
                "start",
                now.minus(3, ChronoUnit.DAYS).toString(),
                "attendees",
                List.of(Map.of("name", "Ada", "email", "ada@example.org")),
                "recorded",
                true));
        requests.know("from", now.minus(40, ChronoUnit.DAYS).toString());
        requests.know("to", now.toString());
        requests.know("organizerKey", Organization.JANES_KEY);
        requests.know("organizer", Organization.JANES_KEY);
        requests.know("groupKey", Organization.GROUP_KEY);
        requests.know("sessionId", String.valueOf(SESSION));
        requests.know("session", String.valueOf(SESSION));
    }

    private void addAFault() {
        if (random.nextBoolean()) {
            Sandbox.fault("api", FAULTS.get(random.nextInt(FAULTS.size())));
        } else {
            Sandbox.fault("api", "STATUS", Map.of("status", random.nextInt(300, 600)));
        }
    }

    private void check(Request request) throws Exception {
        HttpResponse<String> response = send(request);
        answers.merge(response.statusCode(), 1, Integer::sum);
        String path = request.address().replaceFirst("\\?.*", "");
        var answer = new Answer(
                request.method(),
                path,
                response.statusCode(),
                name -> response.headers().firstValue(name).orElse(null),
                response.body());
        List<String> wrong = Contract.violations(answer);
        if (!wrong.isEmpty()
                || response.statusCode() == 500
                || LEAK.matcher(response.body()).find()) {
            violations.putIfAbsent(
                    request.method() + " " + response.statusCode() + " " + wrong, request + " -> " + answer);
        }
    }

    private HttpResponse<String> send(Request request) throws Exception {
        var builder = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + request.address()))
                .timeout(Duration.ofSeconds(20));
        request.headers().forEach(builder::header);
        String body = request.body();
        builder.method(request.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return http.send(builder.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        }
    }
}
