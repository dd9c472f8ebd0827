package dev.meetgate.attack;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connect links, return URLs and the way to GoTo (RFC 6749, RFC 7636, RFC 9700). */
final class Links {

    private static final Set<String> PARAMETERS = Set.of(
            "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method");

    /** Overrides of what MeetGate sends to GoTo. */
    private static final String SMUGGLED = "response_type=token&client_id=evil&redirect_uri=https%3A%2F%2Fevil.example"
            + "&scope=evil&state=evil&code_challenge=evil&code_challenge_method=plain&prompt=none&request_uri=evil"
            + "&return_url=https%3A%2F%2Fevil.example&user=evil";

    private Links() {}

    static List<Check> checks() {
        return List.of(
                new Check("GoTo is asked with exactly the known parameters", Links::parameters),
                new Check("Parameters of OAuth cannot be overridden from outside", Links::smuggled),
                new Check("State and challenge are new in each attempt", Links::fresh),
                new Check("Looking at a link changes nothing", Links::looking),
                new Check("Another site cannot use a link, and the link stays good", Links::otherSites),
                new Check("The browser that began may begin again", Links::doubleClick),
                new Check("The cookie of an attempt is for this browser, host and attempt alone", Links::cookie),
                new Check("Cookies of attempts do not pile up", Links::manyCookies),
                new Check("Unknown links are pages without an echo", Links::unknown),
                new Check("A return URL is taken only exactly as it is listed", Links::returnUrls));
    }

    private static void parameters(Target target) throws IOException {
        String link = Walk.link(target, Target.freshUser());
        Answer answer = Walk.submit(target, link);
        Map<String, List<String>> sent =
                Walk.parameters(Walk.begun(target, answer).authorizationUrl().getRawQuery());
        answer.check(sent.keySet().equals(PARAMETERS), "exactly " + PARAMETERS);
        answer.check(sent.values().stream().allMatch(values -> values.size() == 1), "each once");
        answer.check(sent.get("response_type").equals(List.of("code")), "response_type=code");
        answer.check(sent.get("code_challenge_method").equals(List.of("S256")), "S256");
        answer.check(sent.get("code_challenge").get(0).matches("[\\w-]{43}"), "a challenge of 43 characters");
        answer.check(sent.get("state").get(0).matches("[\\w-]{43,}"), "a state of at least 256 bits");
        URI own = URI.create(link).resolve("/callback");
        answer.check(sent.get("redirect_uri").equals(List.of(own.toString())), "the redirect URI " + own);
    }

    private static void smuggled(Target target) throws IOException {
        String path = Target.path(Walk.link(target, Target.freshUser()));
        Answer page = target.send(Request.get(path + "?" + SMUGGLED)).is(200, 400);
        page.check(!page.body().contains("evil"), "no echo");
        Answer answer = target.send(Request.post(path + "?" + SMUGGLED)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(SMUGGLED.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        answer.is(303, 400).check(!answer.header("location").contains("evil"), "nothing of the caller's");
    }

    private static void fresh(Target target) throws IOException {
        var seen = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            Walk walk = Walk.begin(target, Target.freshUser());
            var sent = Walk.parameters(walk.authorizationUrl().getRawQuery());
            for (String value : List.of(walk.state(), sent.get("code_challenge").get(0), walk.cookieValue())) {
                if (!seen.add(value)) {
                    throw new AssertionError("a value came twice");
                }
            }
        }
    }

    private static void looking(Target target) throws IOException {
        String link = Walk.link(target, Target.freshUser());
        for (int i = 0; i < 5; i++) {
            target.send(Request.get(Target.path(link))).is(200);
            target.send(Request.of("HEAD", Target.path(link))).is(200);
        }
        Walk.submit(target, link).is(303);
    }

    private static void otherSites(Target target) throws IOException {
        String link = Walk.link(target, Target.freshUser());
        for (String header : List.of(
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: nonsense",
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: https://evil.example, " + URI.create(link).resolve("/"))) {
            Answer answer = Walk.submit(target, link, header).is(400, 403);
            answer.check(!answer.has("set-cookie"), "no cookie");
        }
        Walk.submit(target, link).is(303);
    }

    private static void doubleClick(Target target) throws IOException {
        String link = Walk.link(target, Target.freshUser());
        Walk first = Walk.begun(target, Walk.submit(target, link));
        Walk.submit(target, link, "Cookie: " + first.cookie()).is(303);
    }

    private static void cookie(Target target) throws IOException {
        Answer answer = Walk.submit(target, Walk.link(target, Target.freshUser()));
        for (String cookie : answer.headers().get("set-cookie")) {
            answer.check(cookie.startsWith("__Host-"), "__Host-");
            for (String attribute : List.of("; *Secure", "; *HttpOnly", "; *SameSite=Lax", "; *Path=/(;|$)")) {
                answer.check(cookie.matches("(?i).*" + attribute + ".*"), attribute);
            }
            answer.check(!cookie.matches("(?i).*; *Domain=.*"), "no Domain");
            answer.check(cookie.length() <= 4_096, "at most 4096 bytes");
        }
    }

    private static void manyCookies(Target target) throws IOException {
        var jar = new java.util.LinkedHashMap<String, String>();
        for (int attempt = 0; attempt < 30; attempt++) {
            String link = Walk.link(target, Target.freshUser());
            String cookies = String.join("; ", jar.values());
            Answer answer =
                    cookies.isEmpty() ? Walk.submit(target, link) : Walk.submit(target, link, "Cookie: " + cookies);
            for (String cookie : answer.is(303).headers().get("set-cookie")) {
                String pair = cookie.split(";")[0];
                String name = pair.split("=", 2)[0];
                if (cookie.contains("Max-Age=0")) {
                    jar.remove(name);
                } else {
                    jar.put(name, pair);
                }
            }
        }
        if (jar.size() > 10) {
            throw new AssertionError(jar.size() + " cookies after 30 attempts");
        }
    }

    private static void unknown(Target target) throws IOException {
        for (String link :
                List.of("x", "%00", "canary-link", "a".repeat(5_000), "..%2f..", "%f0%9f%98%80", "'--", "%ff")) {
            for (Request request : List.of(Request.get("/connect/" + link), Request.post("/connect/" + link))) {
                Answer answer = target.send(request).is(400, 404, 410);
                answer.check(!answer.body().contains("canary-link"), "no echo");
                answer.check(!answer.has("set-cookie"), "no cookie");
            }
        }
    }

    private static void returnUrls(Target target) throws IOException {
        String good = target.returnUrl();
        URI url = URI.create(good);
        String user = Target.freshUser();
        String rest = good.substring(good.indexOf("://") + 3);
        String host = url.getRawAuthority();
        for (String bad : List.of(
                "https://evil.example/",
                "//evil.example/",
                "///evil.example/",
                "\\\\evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "http:evil.example",
                "",
                " ",
                " " + good,
                good + " ",
                good + "/",
                good + "?",
                good + "#",
                good + "#fragment",
                good + "&x=y",
                good + "\\u0000",
                good + "%00",
                good + "/..",
                good + "/%2e%2e",
                good.toUpperCase(java.util.Locale.ROOT),
                "ftp://" + rest,
                url.getScheme() + "://evil.example@" + rest,
                url.getScheme() + "://" + host + "@evil.example/",
                url.getScheme() + "://" + host + ".evil.example/",
                url.getScheme() + "://" + host + ".",
                url.getScheme() + "://" + host + "\\\\.evil.example/",
                url.getScheme() + "://" + host + "%2eevil.example/",
                url.getScheme() + "://" + host.replace('e', 'е') + "/",
                url.getScheme() + "://" + host + ":1" + url.getRawPath(),
                Walk.encoded(good))) {
            String body = "{\"returnUrl\":\""
                    + bad.replace("\\\\", "\\").replace("\\", "\\\\").replace("\\\\u", "\\u") + "\"}";
            target.call(Request.post("/v1/users/" + user + "/connect-links").json(body))
                    .isProblem(400, "invalid-request");
        }
        for (String notText : List.of("[\"" + good + "\"]", "{}", "1", "true")) {
            target.call(Request.post("/v1/users/" + user + "/connect-links").json("{\"returnUrl\":" + notText + "}"))
                    .isProblem(400, "invalid-request");
        }
        target.call(Request.post("/v1/users/" + user + "/connect-links")
                        .json(new JsonObject().put("returnUrl", good).encode()))
                .is(201);
    }
}
