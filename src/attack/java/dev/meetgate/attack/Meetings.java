package dev.meetgate.attack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Meetings of a connected user: what is accepted, and what happens when it is sent twice. */
final class Meetings {

    private Meetings() {}

    static List<Check> checks() {
        return List.of(
                new Check("The same key and body make one meeting", Meetings::sameKey),
                new Check("Twenty creations with one key at once make one meeting", Meetings::keyAtOnce),
                new Check("Odd idempotency keys are refused", Meetings::oddKeys),
                new Check("A change of what was not seen is refused", Meetings::entityTags),
                new Check("Any subject that people write arrives as it is", Meetings::subjects),
                new Check("Values that cannot be are refused with their field", Meetings::oddValues),
                new Check("A misspelt member is refused by name", Meetings::misspelt),
                new Check("A start in the past is refused with its field", Meetings::past),
                new Check("Odd meeting ids are no errors and ask nothing else of GoTo", Meetings::oddIds),
                new Check("The host's address is not kept by anybody", Meetings::hostUrl),
                new Check("Raw calls reach no other service of GoTo", Meetings::rawCalls),
                new Check("A connection names no token", Meetings::connection));
    }

    private static JsonObject tomorrow() {
        Instant start = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        return new JsonObject()
                .put("subject", "Attack")
                .put("startTime", start.toString())
                .put("endTime", start.plusSeconds(3600).toString());
    }

    private static Answer create(Target target, String user, JsonObject meeting, @Nullable String key)
            throws IOException {
        Request request = Request.post("/v1/users/" + user + "/meetings").json(meeting.encode());
        return target.call(key == null ? request : request.header("Idempotency-Key", key));
    }

    private static int count(Target target, String user) throws IOException {
        return target.call(Request.get("/v1/users/" + user + "/meetings"))
                .is(200)
                .json()
                .getJsonArray("items")
                .size();
    }

    private static void sameKey(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        String key = UUID.randomUUID().toString();
        JsonObject meeting = tomorrow();
        Answer first = create(target, user, meeting, key).is(201);
        Answer again = create(target, user, meeting, key).is(201);
        again.check(again.json().equals(first.json()), "the same meeting");
        create(target, user, meeting.copy().put("subject", "Other"), key).isProblem(422, "idempotency-conflict");
        first.check(count(target, user) == 1, "one meeting");
    }

    private static void keyAtOnce(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        String key = UUID.randomUUID().toString();
        JsonObject meeting = tomorrow();
        List<Answer> answers = AtOnce.run(20, number -> create(target, user, meeting, key));
        answers.forEach(answer -> answer.is(201, 409));
        answers.get(0).check(count(target, user) == 1, "one meeting");
    }

    private static void oddKeys(Target target) throws IOException {
        String user = Target.freshUser();
        for (String key : List.of("", " ", "a".repeat(5_000), "é", "\"", "a b")) {
            create(target, user, tomorrow(), key).is(400, 404);
        }
        Request twice = Request.post("/v1/users/" + user + "/meetings").header("Idempotency-Key", "a");
        target.call(twice.header("Idempotency-Key", "b").json(tomorrow().encode()))
                .is(400, 404);
    }

    private static void entityTags(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        String path = "/v1/users/" + user + "/meetings/"
                + create(target, user, tomorrow(), null).is(201).json().getString("id");
        String tag = target.call(Request.get(path)).is(200).header("etag");
        target.call(Request.get(path).header("If-None-Match", tag)).is(304);
        Request change = Request.of("PATCH", path).json("{\"subject\":\"Changed\"}");
        for (String stale : List.of("\"stale\"", "W/" + tag, "\"stale\", \"older\"")) {
            target.call(change.header("If-Match", stale)).isProblem(412, "precondition-failed");
        }
        target.call(change.header("If-Match", "nonsense")).is(400, 412);
        target.call(Request.of("DELETE", path).header("If-Match", "\"stale\"")).isProblem(412, "precondition-failed");
        target.call(change.header("If-Match", tag)).is(200);
        target.call(change.header("If-Match", tag)).isProblem(412, "precondition-failed");
        target.call(Request.of("DELETE", path).header("If-Match", "*")).is(204);
    }

    private static void subjects(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        for (String subject : List.of(
                "👩‍👩‍👧‍👦 family",
                "Zoë's \"quarterly\" <review> & more",
                "日本語の会議",
                "a\\b/c",
                "\u202eright to left",
                "'; drop table x--")) {
            Answer created = create(target, user, tomorrow().put("subject", subject), null)
                    .is(201);
            created.check(subject.equals(created.json().getString("subject")), subject);
            Answer read = target.call(Request.get(
                    "/v1/users/" + user + "/meetings/" + created.json().getString("id")));
            read.is(200).check(subject.equals(read.json().getString("subject")), subject);
        }
    }

    private static void oddValues(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        for (String subject : List.of("", " ", "a".repeat(101), "a\u0000b", "a\nb")) {
            create(target, user, tomorrow().put("subject", subject), null).isProblem(400, "invalid-request");
        }
        for (String time : List.of(
                "2027-06-30T23:59:60Z",
                "2027-02-30T09:00:00Z",
                "2027-01-15",
                "2027-01-15T09:00:00",
                "2027-01-15T24:00:00Z",
                "+10000-01-01T00:00:00Z",
                "1800000000",
                "2027-01-15T09:00:00+25:00",
                "2027-01-15 09:00:00Z\u0000",
                "")) {
            Answer answer =
                    create(target, user, tomorrow().put("endTime", time), null).isProblem(400, "invalid-request");
            answer.check("endTime".equals(answer.json().getString("field")), "the field");
        }
        for (JsonObject meeting : List.of(
                tomorrow().put("type", "NONSENSE"),
                tomorrow().put("audio", 1),
                tomorrow().put("passwordRequired", "true"),
                tomorrow().put("coorganizers", "x"),
                tomorrow().put("coorganizers", new JsonArray().add(new JsonArray())),
                tomorrow()
                        .put("startTime", tomorrow().getString("endTime"))
                        .put("endTime", tomorrow().getString("startTime")))) {
            create(target, user, meeting, null).isProblem(400, "invalid-request");
        }
        if (count(target, user) != 0) {
            throw new AssertionError("a meeting was made");
        }
    }

    private static void misspelt(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        for (String member : List.of("passwordrequired", "start", "password_required", "__proto__")) {
            Answer answer = create(target, user, tomorrow().put(member, true), null);
            answer.isProblem(400, "invalid-request");
            answer.check(answer.json().getString("field", "").equals(member), "the field");
        }
    }

    private static void past(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        JsonObject meeting = tomorrow().put("startTime", "2020-01-15T09:00:00Z").put("endTime", "2020-01-15T10:00:00Z");
        Answer answer = create(target, user, meeting, null).is(400, 422);
        answer.check("startTime".equals(answer.json().getString("field")), "the field");
    }

    private static void oddIds(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        int before = sandbox.requests("api");
        for (String id : List.of(
                "0x1",
                "-1",
                "1e9",
                "..",
                "%2e%2e",
                "1%2f2",
                "1%3fx=y",
                "1%00",
                "%d9%a1",
                "1;2",
                "99999999999999999999999",
                "a".repeat(2_000))) {
            for (Request request : List.of(
                    Request.get("/v1/users/" + user + "/meetings/" + id),
                    Request.of("DELETE", "/v1/users/" + user + "/meetings/" + id),
                    Request.post("/v1/users/" + user + "/meetings/" + id + "/start"),
                    Request.get("/v1/users/" + user + "/meetings/" + id + "/attendees"))) {
                target.call(request).is(400, 404, 405, 414);
            }
        }
        if (sandbox.requests("api") > before + 8) {
            throw new AssertionError("asked GoTo for " + (sandbox.requests("api") - before) + " of these ids");
        }
        if (sandbox.requests("other") > 0) {
            throw new AssertionError("left the paths of meetings");
        }
    }

    private static void hostUrl(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        String id = create(target, user, tomorrow(), null).is(201).json().getString("id");
        String path = "/v1/users/" + user + "/meetings/" + id + "/start";
        Answer answer = target.call(Request.post(path)).is(200);
        answer.check(answer.header("cache-control").contains("no-store"), "no-store");
        target.call(Request.get(path)).isProblem(405, "method-not-allowed");
    }

    private static void rawCalls(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        String user = Walk.connectedUser(target);
        int before = sandbox.requests("api") + sandbox.requests("me") + sandbox.requests("other");
        String raw = "/v1/users/" + user + "/goto/";
        for (String path : List.of(
                "oauth/token",
                "control/secrets",
                "G2M/rest/../../control/secrets",
                "G2M/rest/%2e%2e/%2e%2e/control/secrets",
                "G2M/rest/..%2f..%2fcontrol/secrets",
                "G2M/rest/%252e%252e/control/secrets",
                "admin/rest/v1/accounts/1/users",
                "admin/rest/v1/accounts/1/licenses/1/users",
                "G2W/rest/v2/organizers/1/webinars",
                "identity/v1/Users/me",
                "/evil.example/",
                "G2M/rest/nowhere")) {
            target.call(Request.get(raw + path)).is(400, 403, 404);
            target.call(Request.of("DELETE", raw + path)).is(400, 403, 404, 405);
        }
        int after = sandbox.requests("api") + sandbox.requests("me") + sandbox.requests("other");
        if (after != before) {
            throw new AssertionError((after - before) + " of these calls came to GoTo");
        }
    }

    private static void connection(Target target) throws IOException {
        target.sandbox().reset();
        String user = Walk.connectedUser(target);
        for (Request request : List.of(
                Request.get("/v1/users/" + user + "/connection"),
                Request.post("/v1/users/" + user + "/connection/check"),
                Request.get("/v1/connections?limit=1"),
                Request.get("/v1/users/" + user + "/account"))) {
            Answer answer = target.call(request).is(200);
            answer.check(!answer.body().matches("(?is).*(sbx-|\"\\w*token\"|verifier|secret).*"), "no token");
        }
    }
}
