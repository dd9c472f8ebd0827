package dev.meetgate.attack;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The way back from GoTo: forged, repeated and mixed-up callbacks (RFC 6749 §4.1.2, RFC 9207, RFC 9700). */
final class Callbacks {

    /** The error codes of RFC 6749 §4.1.2.1, an unknown one, and odd ones. */
    private static final List<String> ERRORS = List.of(
            "access_denied",
            "invalid_scope",
            "server_error",
            "temporarily_unavailable",
            "unauthorized_client",
            "unsupported_response_type",
            "invalid_request",
            "of_another_world",
            "%3Cscript%3E",
            "%0d%0aX-Evil:1",
            "");

    private Callbacks() {}

    static List<Check> checks() {
        return List.of(
                new Check("A callback of another browser is refused", Callbacks::otherBrowser),
                new Check("A cookie that a sibling domain set is refused", Callbacks::tossed),
                new Check("Cookie headers of any form are no errors", Callbacks::oddCookies),
                new Check("A state that is missing, doubled or unknown is refused", Callbacks::oddStates),
                new Check("Each error of GoTo ends at the return URL with its own problem", Callbacks::errors),
                new Check("Nothing of a callback is shown or passed on", Callbacks::echo),
                new Check("Another issuer is refused", Callbacks::otherIssuer),
                new Check("A callback with two codes, or with code and error, is no success", Callbacks::ambiguous),
                new Check("A posted callback is refused", Callbacks::posted),
                new Check("The page of an outcome shows no text of its query", Callbacks::outcomePage),
                new Check("A user id cannot change the outcome at the return URL", Callbacks::userInTheQuery),
                new Check("A code is exchanged once, even when it comes twice", Callbacks::twice),
                new Check("Two callbacks at once end where the first one ends", Callbacks::twiceAtOnce),
                new Check("Who was disconnected meanwhile is not connected", Callbacks::disconnectMeanwhile));
    }

    private static void otherBrowser(Target target) throws IOException {
        Walk walk = Walk.begin(target, Target.freshUser());
        Walk other = Walk.begin(target, Target.freshUser());
        String query = "error=access_denied&state=" + walk.state();
        for (String cookie : List.of(
                "none=1",
                walk.cookieName() + "=" + other.cookieValue(),
                walk.cookieName() + "=",
                walk.cookieName(),
                walk.cookieName() + "=" + walk.cookieValue().toLowerCase(java.util.Locale.ROOT),
                walk.cookieName() + "=" + walk.cookieValue() + "x",
                other.cookie(),
                walk.cookieName().toLowerCase(java.util.Locale.ROOT) + "=" + walk.cookieValue(),
                walk.cookieName().replace("__Host-", "") + "=" + walk.cookieValue())) {
            target.send(Request.get("/callback?" + query).header("Cookie", cookie))
                    .is(400);
        }
        // The attempt is still good for its own browser.
        walk.back(query).is(303);
    }

    private static void tossed(Target target) throws IOException {
        for (String form : List.of("x=1,%s", "x=1, %s", "%1$s; %1$s", "%1$s; %2$s=y", "x=\"; %s\"", "\"%s\"")) {
            Walk walk = Walk.begin(target, Target.freshUser());
            target.send(Request.get("/callback?error=access_denied&state=" + walk.state())
                            .header("Cookie", form.formatted(walk.cookie(), walk.cookieName())))
                    .is(400);
        }
    }

    private static void oddCookies(Target target) throws IOException {
        Walk walk = Walk.begin(target, Target.freshUser());
        for (String cookie : List.of(
                walk.cookieName() + "=CANARY; $Version=x",
                "$Version=1; " + walk.cookieName() + "=CANARY; $Path=/",
                walk.cookieName() + "=\"CANARY",
                walk.cookieName() + "=CANARY\u0001",
                "=; ;;;" + walk.cookieName() + "==;=",
                walk.cookieName() + "=" + "a".repeat(20_000),
                "a=b; ".repeat(3_000) + "x=y")) {
            Answer answer = target.send(Request.get("/callback?error=access_denied&state=" + walk.state())
                            .header("Cookie", cookie))
                    .is(400, 431);
            answer.check(!answer.body().contains("CANARY"), "no echo");
        }
    }

    private static void oddStates(Target target) throws IOException {
        Walk walk = Walk.begin(target, Target.freshUser());
        for (String query : List.of(
                "",
                "code=x",
                "error=access_denied",
                "error=access_denied&state=",
                "error=access_denied&state=%00",
                "error=access_denied&state=" + "a".repeat(4_000),
                "error=access_denied&state=unknown",
                "error=access_denied&state=" + walk.state() + "&state=" + walk.state(),
                "error=access_denied&state=" + walk.state() + "%20",
                "error=access_denied&STATE=" + walk.state(),
                "state[]=" + walk.state(),
                "state=%ff")) {
            walk.back(query).is(400);
        }
    }

    private static void errors(Target target) throws IOException {
        for (String error : ERRORS) {
            Walk walk = Walk.begin(target, Target.freshUser());
            Answer answer = walk.back("error=" + error + "&error_description=%3Cb%3Ecanary&state=" + walk.state());
            String location = answer.is(303).header("location");
            answer.check(
                    location.contains(error.equals("access_denied") ? "status=denied" : "status=failed"), "status");
            answer.check(!location.contains("canary") && !location.contains("script"), "no text of GoTo's");
            answer.check(!answer.has("x-evil"), "no header of the caller's");
            if (!error.matches("|access_denied|of_.*|%.*")) {
                answer.check(location.contains("problem=" + error.replace('_', '-')), "its own problem");
            }
        }
    }

    private static void echo(Target target) throws IOException {
        Walk walk = Walk.begin(target, Target.freshUser());
        Answer answer = walk.back("error=access_denied&status=connected&user=evil&problem=evil&state=" + walk.state());
        String location = answer.is(303).header("location");
        answer.check(!location.contains("evil") && !location.contains("status=connected"), "nothing of the query");
        answer.check(!location.contains(walk.state()), "no state");
    }

    private static void otherIssuer(Target target) throws IOException {
        for (String issuer : List.of("https%3A%2F%2Fevil.example", "", "x&iss=y")) {
            Walk walk = Walk.begin(target, Target.freshUser());
            Answer answer = walk.back("code=x&iss=" + issuer + "&state=" + walk.state());
            answer.is(303).check(answer.header("location").contains("status=failed"), "status=failed");
            Walk denied = Walk.begin(target, Target.freshUser());
            Answer error = denied.back("error=access_denied&iss=" + issuer + "&state=" + denied.state());
            error.is(303).check(error.header("location").contains("status=failed"), "no denial by another issuer");
        }
    }

    private static void ambiguous(Target target) throws IOException {
        for (String query : List.of("code=a&code=b", "code=a&error=access_denied", "code=", "x=y", "code[]=a")) {
            Walk walk = Walk.begin(target, Target.freshUser());
            Answer answer = walk.back(query + "&state=" + walk.state()).is(303);
            answer.check(!answer.header("location").contains("status=connected"), "no success");
        }
    }

    private static void posted(Target target) throws IOException {
        Walk walk = Walk.begin(target, Target.freshUser());
        target.send(Request.post("/callback?code=x&state=" + walk.state()).header("Cookie", walk.cookie()))
                .is(405);
    }

    private static void outcomePage(Target target) throws IOException {
        for (String query : List.of(
                "status=canary",
                "status=failed&problem=canary",
                "status=%3Cscript%3Ecanary",
                "status=connected&status=canary",
                "problem={canary}&status=failed",
                "status=failed&problem=%00canary")) {
            Answer page = target.send(Request.get("/connected?" + query)).is(200, 400);
            page.check(!page.body().contains("canary"), "no echo");
        }
    }

    private static void userInTheQuery(Target target) throws IOException {
        String returnUrl = target.returnUrl();
        String user = "x&status=connected#/?+%20é{a}\"";
        Walk walk = Walk.begin(target, user);
        Answer answer = walk.back("error=access_denied&state=" + walk.state()).is(303);
        URI end = URI.create(answer.header("location"));
        Map<String, List<String>> sent = Walk.parameters(end.getRawQuery());
        answer.check(sent.get("status").equals(List.of("denied")), "status=denied alone");
        answer.check(sent.get("user").equals(List.of(user)), "the user as it was");
        answer.check(end.getRawFragment() == null, "no fragment");
        answer.check(answer.header("location").startsWith(returnUrl), "the return URL as it is");
    }

    private static void twice(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        Walk walk = Walk.begin(target, Target.freshUser());
        String callback = Target.path(walk.consent());
        Request request = Request.get(callback).header("Cookie", walk.cookie());
        Answer first = target.send(request).is(303);
        first.check(first.header("location").contains("status=connected"), "connected");
        first.check(!first.header("location").contains("code="), "no code");
        target.send(request).is(200, 303, 400);
        if (sandbox.tokenRequests("authorization_code") != 1) {
            throw first.failure("one exchange of the code");
        }
        if (!sandbox.grantsAlive().contains(true)) {
            throw first.failure("the grant lives");
        }
    }

    private static void twiceAtOnce(Target target) throws IOException {
        GoTo sandbox = target.sandbox().reset();
        sandbox.fault("token", "SLOW", Map.of("delayMillis", 1_500));
        Walk walk = Walk.begin(target, Target.freshUser());
        Request request = Request.get(Target.path(walk.consent())).header("Cookie", walk.cookie());
        List<Answer> answers = AtOnce.run(2, number -> target.send(request));
        sandbox.well();
        for (Answer answer : answers) {
            answer.check(!answer.body().contains("Nothing was stored"), "no untruth");
            answer.is(200, 202, 303);
        }
        if (sandbox.tokenRequests("authorization_code") != 1) {
            throw answers.get(0).failure("one exchange of the code");
        }
    }

    private static void disconnectMeanwhile(Target target) throws IOException {
        target.sandbox().reset();
        String user = Target.freshUser();
        Walk walk = Walk.begin(target, user);
        String callback = Target.path(walk.consent());
        target.call(Request.of("DELETE", "/v1/users/" + user + "/connection")).is(204);
        target.send(Request.get(callback).header("Cookie", walk.cookie())).is(200, 303, 400);
        target.call(Request.get("/v1/users/" + user + "/connection")).isProblem(404, "not-connected");
    }
}
