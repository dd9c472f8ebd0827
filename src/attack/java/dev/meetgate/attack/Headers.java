package dev.meetgate.attack;

import java.io.IOException;
import java.util.List;

/** What answers say to browsers, and which headers of a request are believed. */
final class Headers {

    private static final List<String> PAGES =
            List.of("/connected", "/callback", "/connect/unknown", "/nowhere", "/v1/connections", "/meetgate.css");

    private static final String EVIL = "evil.example";

    private Headers() {}

    static List<Check> checks() {
        return List.of(
                new Check("Every answer has the security headers", Headers::security),
                new Check("Pages load nothing from elsewhere and cannot be framed", Headers::pages),
                new Check("No page severs itself from the window that opened it", Headers::popups),
                new Check("No answer names its software", Headers::banner),
                new Check("No answer allows another origin", Headers::crossOrigin),
                new Check("Host and X-Forwarded headers do not change links", Headers::forwarded),
                new Check("Ranges, encodings and preferences are no errors", Headers::odd),
                new Check("An unreadable Request-Timeout is refused", Headers::timeouts));
    }

    private static void security(Target target) throws IOException {
        for (String path : PAGES) {
            Answer answer = target.send(Request.get(path));
            answer.check(answer.header("x-content-type-options").equals("nosniff"), "nosniff");
            answer.check(answer.header("referrer-policy").equals("no-referrer"), "Referrer-Policy");
            String hsts = answer.header("strict-transport-security");
            answer.check(
                    hsts.matches("max-age=(3153[6-9]|315[4-9]|31[6-9]|3[2-9]|[4-9]\\d)\\d{3,}.*includeSubDomains.*"),
                    "HSTS");
            if (!path.endsWith(".css")) {
                answer.check(answer.header("cache-control").contains("no-store"), "no-store");
            }
            answer.check(answer.headers().get("content-security-policy").size() == 1, "one policy");
        }
    }

    private static void pages(Target target) throws IOException {
        for (String path : PAGES) {
            Answer answer = target.send(Request.get(path));
            String policy = answer.header("content-security-policy");
            for (String directive :
                    List.of("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'")) {
                answer.check(policy.contains(directive), directive);
            }
            answer.check(!policy.contains("unsafe-") && !policy.contains("*"), "a strict policy");
            if (answer.header("content-type").startsWith("text/html")) {
                answer.check(answer.header("content-type").contains("charset=utf-8"), "a charset");
                answer.check(
                        !answer.body()
                                .matches(
                                        "(?is).*(<script|<iframe| style=| on\\w+=|src=\"(http|//)|href=\"(http|//)).*"),
                        "no script and nothing from elsewhere");
            }
        }
    }

    private static void popups(Target target) throws IOException {
        for (String path : List.of("/connected", "/connect/unknown", "/callback")) {
            Answer answer = target.send(Request.get(path));
            answer.check(!answer.header("cross-origin-opener-policy").startsWith("same-origin"), "no same-origin");
        }
    }

    private static void banner(Target target) throws IOException {
        for (String path : PAGES) {
            Answer answer = target.send(Request.get(path));
            for (String header : List.of("server", "x-powered-by", "via", "x-application-context")) {
                answer.check(!answer.has(header), "no " + header);
            }
            answer.check(!answer.body().matches("(?is).*(quarkus|vert\\.x|netty|resteasy).*"), "no name of a library");
        }
    }

    private static void crossOrigin(Target target) throws IOException {
        for (String origin : List.of("https://" + EVIL, "null", "http://localhost:8080.evil.example")) {
            for (String path : PAGES) {
                Request preflight = Request.of("OPTIONS", path)
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization");
                for (Request request : List.of(preflight, Request.get(path).header("Origin", origin))) {
                    Answer answer = target.send(request).isNoError();
                    answer.check(
                            answer.headers().keySet().stream().noneMatch(name -> name.startsWith("access-control-")),
                            "no CORS header");
                }
            }
        }
    }

    private static void forwarded(Target target) throws IOException {
        String link = Walk.link(target, Target.freshUser());
        String origin = link.substring(0, link.indexOf("/connect/"));
        for (String header : List.of(
                "Host: " + EVIL,
                "X-Forwarded-Host: " + EVIL,
                "Forwarded: host=" + EVIL + ";proto=http",
                "X-Forwarded-Proto: gopher",
                "X-Forwarded-Prefix: /evil.example",
                "X-Forwarded-Port: 1",
                "X-Original-URL: /q/metrics",
                "X-Rewrite-URL: /q/metrics")) {
            String[] pair = header.split(": ");
            Answer answer = target.call(Request.post("/v1/users/" + Target.freshUser() + "/connect-links")
                    .header(pair[0], pair[1]));
            if (answer.status() == 201) {
                answer.check(answer.json().getString("url").startsWith(origin + "/connect/"), "a link to " + origin);
            } else {
                answer.is(400, 421);
            }
            Answer page = target.send(Request.get("/connected").header(pair[0], pair[1]));
            page.is(200, 400, 421).check(!page.body().contains(EVIL), "no foreign host");
        }
    }

    private static void odd(Target target) throws IOException {
        for (String header : List.of(
                "Range: bytes=0-0",
                "Range: bytes=-1,0-,1-2,5-1",
                "Accept-Encoding: gzip;q=0, *;q=0",
                "Accept: */*;q=0",
                "Accept: text/html;q=2",
                "Accept: " + "a/b,".repeat(2_000) + "*/*",
                "Accept: nonsense",
                "Accept-Language: " + "x-".repeat(2_000),
                "If-Modified-Since: nonsense",
                "If-None-Match: *",
                "If-Match: \"x\"",
                "Cookie: =; ;; a; $Version=1; b=\"",
                "Prefer: wait=99999999999",
                "Content-Type: nonsense",
                "Content-Type: ;;;",
                "Content-Type: application/json; charset=nonsense",
                "traceparent: nonsense",
                "Accept-Charset: nonsense")) {
            String[] pair = header.split(": ", 2);
            for (String path : PAGES) {
                target.send(Request.get(path).header(pair[0], pair[1])).isNoError();
            }
            target.call(Request.get("/v1/connections").header(pair[0], pair[1])).is(200, 400, 406);
            target.call(Request.post("/v1/users/" + Target.freshUser() + "/connect-links")
                            .header(pair[0], pair[1]))
                    .is(201, 400, 406, 412, 415);
        }
    }

    private static void timeouts(Target target) throws IOException {
        for (String seconds :
                List.of("-1", "0", "NaN", "Infinity", "1e400", "1,5", "abc", "99999999999999999999", "")) {
            target.call(Request.get("/v1/connections").header("Request-Timeout", seconds))
                    .isProblem(400, "invalid-request");
        }
        target.call(Request.get("/v1/connections").header("Request-Timeout", "2.5"))
                .is(200);
    }
}
