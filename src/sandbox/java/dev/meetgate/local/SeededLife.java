package dev.meetgate.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * People of the tenant {@code demo} and what happens to them, so that dev mode is never empty. All of it is done by
 * requests, as services and browsers send them.
 */
public final class SeededLife {

    private static final String JANE = "jane.doe@example.com";
    private static final String SAM = "sam.lee@example.com";
    private static final String FREE = "free.plan@example.com";
    private static final String ADA = "ada.admin@example.com";
    private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String meetGate;
    private final String sandbox;

    public SeededLife(String meetGate, String sandbox) {
        this.meetGate = meetGate;
        this.sandbox = sandbox;
    }

    /** Whether nobody is connected yet. */
    boolean isNeeded() throws IOException, InterruptedException {
        JsonArray known = call("GET", "/v1/connections?limit=1", null).getJsonArray("items");
        return known != null && known.isEmpty();
    }

    public void plant() throws IOException, InterruptedException {
        walk("ben", SAM);
        createMeeting("ben", "Sprint review", 1);
        deleteMeeting("ben", createMeeting("ben", "Lunch with nobody", 2));
        walk("carla", JANE);
        walk("carla", ADA);
        createMeeting("carla", "Board meeting", 3);
        walk("emil", FREE);
        control("/control/revoke", FREE);
        call("GET", "/v1/users/emil/meetings", null);
        walk("dora", FREE);
        createMeeting("dora", "Needs a licence", 1);
        withoutRefreshToken("fred", SAM);
        walk("gina", null);
        walk("ida", ADA);
        call("DELETE", "/v1/users/ida/connection", null);
    }

    /** The connection ends as soon as GoTo no longer accepts its only token. */
    private void withoutRefreshToken(String user, String account) throws IOException, InterruptedException {
        var fault = new JsonObject()
                .put("endpoint", "token")
                .put("kind", "MEMBERS")
                .put("body", new JsonObject().put("refresh_token", ""));
        send(json("POST", sandbox + "/control/faults", fault));
        walk(user, account);
        control("/control/expire", account);
        call("GET", "/v1/users/%s/meetings".formatted(user), null);
    }

    /** Goes the way of a browser. Without an account, the person denies. */
    private void walk(String user, @Nullable String account) throws IOException, InterruptedException {
        String name = user.substring(0, 1).toUpperCase() + user.substring(1);
        JsonObject link =
                call("POST", "/v1/users/%s/connect-links".formatted(user), new JsonObject().put("displayName", name));
        HttpResponse<String> toGoTo = send(form(here(link.getString("url")), Map.of()));
        String cookie = toGoTo.headers().allValues("Set-Cookie").stream()
                .map(header -> header.split(";", 2)[0])
                .reduce((first, last) -> last)
                .orElse("");
        String page = send(get(location(toGoTo), null)).body();
        Matcher request = REQUEST.matcher(page);
        if (!request.find()) {
            throw new IOException("the sandbox does not ask");
        }
        Map<String, String> decision = account == null
                ? Map.of("request", request.group(1), "decision", "deny")
                : Map.of("request", request.group(1), "decision", "allow", "account", account);
        HttpResponse<String> back = send(form(sandbox + "/oauth/decision", decision));
        send(get(here(location(back)), cookie));
    }

    private @Nullable String createMeeting(String user, String subject, int days)
            throws IOException, InterruptedException {
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(days, ChronoUnit.DAYS);
        var meeting = new JsonObject()
                .put("subject", subject)
                .put("startTime", start.toString())
                .put("endTime", start.plus(30, ChronoUnit.MINUTES).toString());
        return call("POST", "/v1/users/%s/meetings".formatted(user), meeting).getString("id");
    }

    private void deleteMeeting(String user, @Nullable String id) throws IOException, InterruptedException {
        call("DELETE", "/v1/users/%s/meetings/%s".formatted(user, id), null);
    }

    private void control(String path, String account) throws IOException, InterruptedException {
        send(json("POST", sandbox + path, new JsonObject().put("account", account)));
    }

    /** Calls as the tenant's service. A problem is an answer too. */
    private JsonObject call(String method, String path, @Nullable JsonObject body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                json(method, meetGate + path, body).header("Authorization", "Bearer " + LocalSurroundings.API_KEY);
        String answer = send(request).body();
        return answer.startsWith("{") ? new JsonObject(answer) : new JsonObject();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder json(String method, String url, @Nullable JsonObject body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    }

    private static HttpRequest.Builder get(String url, @Nullable String cookie) {
        var request = HttpRequest.newBuilder(URI.create(url));
        return cookie == null ? request : request.header("Cookie", cookie);
    }

    private static HttpRequest.Builder form(String url, Map<String, String> fields) {
        String body = String.join(
                "&",
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .toList());
        return get(url, null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static String location(HttpResponse<String> answer) throws IOException {
        return answer.headers().firstValue("Location").orElseThrow(() -> new IOException("the walk ends early"));
    }

    /** The public URL may be another address of this MeetGate. */
    private String here(String url) {
        URI uri = URI.create(url);
        return meetGate + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
