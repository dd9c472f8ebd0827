package dev.meetgate.attack;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A GoTo that is slow, broken, hostile or strict. All of these need the sandbox. */
final class Misbehaviour {

    private static final List<String> NONSENSE = List.of(
            "EMPTY", "HTML", "NONSENSE", "HUGE", "ENDLESS", "HALF", "RESET", "ECHO", "ECHO_TOKEN", "DUPLICATE_KEYS");

    private Misbehaviour() {}

    static List<Check> checks() {
        return List.of(
                new Check("Nonsense for a list is GoTo's fault, in time, and told without content", Misbehaviour::list),
                new Check("Nonsense for a code connects nobody", Misbehaviour::exchange),
                new Check("Nonsense for a refresh keeps the connection", Misbehaviour::refresh),
                new Check("Nonsense for a revocation disconnects all the same", Misbehaviour::revocation),
                new Check("A redirect of GoTo's is not followed", Misbehaviour::redirects),
                new Check("A rejected token is refreshed once for all callers", Misbehaviour::storm),
                new Check("A token that is rejected again and again is refreshed once", Misbehaviour::rejectedAgain),
                new Check("An ended grant asks for a new connection, and GoTo no more", Misbehaviour::endedGrant),
                new Check("A refused client ends no connection", Misbehaviour::refusedClient),
                new Check("A limit that one tenant meets is not another's for long", Misbehaviour::limits),
                new Check("A caller's time is kept when GoTo is slow", Misbehaviour::slow),
                new Check("Queued refreshes are no lost answers", Misbehaviour::queuedRefreshes),
                new Check("A name that GoTo did not give at first is found later", Misbehaviour::lateName),
                new Check("Another account brings nothing of the one before", Misbehaviour::otherAccount),
                new Check("A dead connection makes one link, not one for each call", Misbehaviour::deadLinks),
                new Check("A disconnect while a refresh is under way wins", Misbehaviour::disconnectWins),
                new Check("No answer held a token", Misbehaviour::noLeaks));
    }

    private static Request meetings(String user) {
        return Request.get("/v1/users/" + user + "/meetings");
    }

    private static void list(Target target) throws IOException {
        for (String kind : NONSENSE) {
            GoTo sandbox = target.sandbox().reset();
            String user = Walk.connectedUser(target);
            sandbox.fault("api", kind, Map.of());
            long start = System.nanoTime();
            Answer answer = target.call(meetings(user).header("Request-Timeout", "5"));
            sandbox.well();
            if (!kind.equals("DUPLICATE_KEYS")) {
                answer.isProblem(503, "goto-unavailable").check(answer.has("retry-after"), "Retry-After");
            }
            answer.check(System.nanoTime() - start < 10e9, kind + " in time");
            answer.check(
                    !answer.body().contains("We will be back") && !answer.body().contains("hello"), "no content");
            target.call(Request.get("/v1/users/" + user + "/connection")).is(200);
        }
    }

    private static void exchange(Target target) throws IOException {
        for (String kind : NONSENSE) {
            GoTo sandbox = target.sandbox().reset();
            String user = Target.freshUser();
            Walk walk = Walk.begin(target, user);
            String callback = Target.path(walk.consent());
            sandbox.fault("token", kind, Map.of());
            Answer answer = target.send(Request.get(callback).header("Cookie", walk.cookie()))
                    .is(303);
            sandbox.well();
            answer.check(answer.header("location").contains("status=failed"), kind + " is a failure");
            target.call(Request.get("/v1/users/" + user + "/connection")).isProblem(404, "not-connected");
        }
    }

    private static void refresh(Target target) throws IOException {
        for (String kind : List.of("EMPTY", "HTML", "NONSENSE", "HUGE", "ENDLESS")) {
            GoTo sandbox = target.sandbox().reset();
            String user = Walk.connectedUser(target);
            sandbox.expireAccessTokens();
            sandbox.fault("token", kind, Map.of());
            Answer answer = target.call(meetings(user).header("Request-Timeout", "5"));
            sandbox.well();
            answer.is(503, 409).check(answer.has("retry-after") || answer.status() == 409, "Retry-After");
        }
    }

    private static void revocation(Target target) throws IOException {
        for (String kind : List.of("EMPTY", "HTML", "NONSENSE", "ENDLESS", "RESET")) {
            GoTo sandbox = target.sandbox().reset();
            String user = Walk.connectedUser(target);
            sandbox.fault("revoke", kind, Map.of());
            target.call(Request.of("DELETE", "/v1/users/" + user + "/connection"))
                    .is(204);
            sandbox.well();
            target.call(Request.get("/v1/users/" + user + "/connection")).isProblem(404, "not-connected");
        }
    }

    private static void redirects(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            String there = sandbox.url() + "/G2M/rest/redirected";
            sandbox.fault("api", "STATUS", Map.of("status", status, "headers", Map.of("Location", there)));
            target.call(meetings(user)).is(503);
            sandbox.well();
        }
        if (sandbox.read("/control/log?endpoint=api").contains("redirected")) {
            throw new AssertionError("a redirect was followed");
        }
    }

    private static void storm(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.expireAccessTokens();
        sandbox.fault("token", "SLOW", Map.of("delayMillis", 300));
        List<Answer> answers =
                AtOnce.run(30, number -> target.call(meetings(user).header("Request-Timeout", "60")));
        sandbox.well();
        answers.forEach(answer -> answer.is(200));
        if (sandbox.tokenRequests("refresh_token") != 1 || sandbox.reuses() != 0) {
            throw new AssertionError(sandbox.tokenRequests("refresh_token") + " refreshes");
        }
    }

    private static void rejectedAgain(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.fault("api", "STATUS", Map.of("status", 401));
        for (int call = 0; call < 20; call++) {
            target.call(meetings(user)).is(403, 503);
        }
        sandbox.well();
        if (sandbox.tokenRequests("refresh_token") > 1) {
            throw new AssertionError(sandbox.tokenRequests("refresh_token") + " refreshes for 20 calls");
        }
    }

    private static void endedGrant(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.revokeGrants();
        for (int call = 0; call < 5; call++) {
            Answer answer = target.call(meetings(user)).isProblem(409, "reconnect-required");
            String link = answer.json().getString("connectUrl");
            target.send(Request.get(Target.path(link))).is(200);
        }
        if (sandbox.tokenRequests("refresh_token") != 1) {
            throw new AssertionError(sandbox.tokenRequests("refresh_token") + " refreshes of an ended grant");
        }
    }

    private static void refusedClient(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.expireAccessTokens();
        sandbox.fault("token", "STATUS", Map.of("status", 401, "body", Map.of("error", "invalid_client"), "times", 1));
        target.call(meetings(user)).isProblem(503, "goto-unavailable");
        sandbox.well();
        Answer connection =
                target.call(Request.get("/v1/users/" + user + "/connection")).is(200);
        connection.check("CONNECTED".equals(connection.json().getString("status")), "CONNECTED");
    }

    private static void limits(Target target) throws IOException {
        String other = target.otherKey();
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.fault("api", "STATUS", Map.of("status", 429, "retryAfter", "600", "times", 1));
        Answer limited = target.call(meetings(user).header("Request-Timeout", "2"));
        limited.is(200, 429);
        sandbox.well();
        Answer answer = target.send(Request.get("/v1/users/nobody/meetings")
                .header("Request-Timeout", "10")
                .as(other));
        answer.isProblem(404, "not-connected");
        target.call(meetings(Walk.connectedUser(target)).header("Request-Timeout", "15"))
                .is(200);
    }

    private static void slow(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.fault("api", "SLOW", Map.of("delayMillis", 20_000));
        long start = System.nanoTime();
        Answer answer = target.call(meetings(user).header("Request-Timeout", "2"));
        sandbox.well();
        answer.isProblem(503, "goto-unavailable").check(System.nanoTime() - start < 4e9, "within its time");
    }

    private static void queuedRefreshes(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        List<String> users = AtOnce.run(20, number -> Walk.connectedUser(target));
        sandbox.expireAccessTokens();
        sandbox.fault("token", "SLOW", Map.of("delayMillis", 1_000));
        List<Answer> answers = AtOnce.run(
                users.size(), number -> target.call(meetings(users.get(number)).header("Request-Timeout", "60")));
        sandbox.well();
        answers.forEach(answer -> answer.is(200));
    }

    private static void lateName(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        sandbox.fault("me", "STATUS", Map.of("status", 503));
        String user = Walk.connectedUser(target);
        sandbox.well();
        target.call(Request.get("/v1/users/" + user + "/account")).is(200);
        Answer connection =
                target.call(Request.get("/v1/users/" + user + "/connection")).is(200);
        connection.check(connection.body().contains("jane.doe@example.com"), "the account's name");
    }

    private static void otherAccount(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        // Nobody else has this account. A grant of an account is revoked with its last connection.
        sandbox.set("consentAccount", "sam.lee@example.com");
        String user = Walk.connectedUser(target);
        JsonObject meeting = new JsonObject()
                .put("subject", "Attack")
                .put("startTime", "2035-01-15T09:00:00Z")
                .put("endTime", "2035-01-15T10:00:00Z");
        Request create = Request.post("/v1/users/" + user + "/meetings")
                .header("Idempotency-Key", "attack-" + user)
                .json(meeting.encode());
        String before = target.call(create).is(201).json().getString("id");
        sandbox.set("consentAccount", "jane.doe@example.com");
        Walk.begin(target, user).finish().is(303);
        Answer after = target.call(create).is(201, 409);
        after.check(!before.equals(after.json().getString("id")), "another meeting");
        Answer connection = target.call(Request.get("/v1/users/" + user + "/connection"));
        connection.check(connection.body().contains("jane.doe@example.com"), "the other account");
        if (!sandbox.grantsAlive().equals(List.of(false, true))) {
            throw connection.failure("the first grant is revoked: " + sandbox.grantsAlive());
        }
    }

    private static void deadLinks(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.revokeGrants();
        var links = new java.util.HashSet<String>();
        for (int call = 0; call < 20; call++) {
            links.add(target.call(meetings(user)).is(409).json().getString("connectUrl"));
        }
        int live = 0;
        for (String link : links) {
            live += target.send(Request.get(Target.path(link))).status() == 200 ? 1 : 0;
        }
        if (live != 1) {
            throw new AssertionError(live + " links are live");
        }
    }

    private static void disconnectWins(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        sandbox.expireAccessTokens();
        sandbox.fault("token", "SLOW", Map.of("delayMillis", 500));
        Request disconnect = Request.of("DELETE", "/v1/users/" + user + "/connection");
        List<Answer> answers = AtOnce.run(4, number -> target.call(number == 3 ? disconnect : meetings(user)));
        sandbox.well();
        answers.forEach(answer -> answer.is(200, 204, 404, 409));
        target.call(Request.get("/v1/users/" + user + "/connection")).isProblem(404, "not-connected");
    }

    private static void noLeaks(Target target) throws IOException {
        target.sandbox();
        if (!target.leaks().isEmpty()) {
            throw new AssertionError(
                    "an answer with a token to " + target.leaks().peek());
        }
    }
}
