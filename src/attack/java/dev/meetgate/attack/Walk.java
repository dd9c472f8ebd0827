package dev.meetgate.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A consent walk that a browser has begun. It knows what only that browser knows. */
record Walk(Target target, URI authorizationUrl, String cookieName, String cookieValue) {

    private static final String COOKIE = "__Host-meetgate-";

    /** A new connect link, with the return URL if it is known. */
    static String link(Target target, String user) throws IOException {
        return link(target, user, new JsonObject());
    }

    static String link(Target target, String user, JsonObject wanted) throws IOException {
        try {
            wanted.put("returnUrl", target.returnUrl());
        } catch (NotAsked unknown) {
            // The walk then ends at a page of MeetGate.
            wanted.remove("returnUrl");
        }
        return target.call(Request.post("/v1/users/" + encoded(user) + "/connect-links")
                        .json(wanted.encode()))
                .is(201)
                .json()
                .getString("url");
    }

    static Walk begin(Target target, String user) throws IOException {
        return begun(target, submit(target, link(target, user)));
    }

    /** The answer to the button of a connect link's page. */
    static Answer submit(Target target, String link, String... headers) throws IOException {
        Request request = Request.post(Target.path(link)).header("Content-Type", "application/x-www-form-urlencoded");
        for (String header : headers) {
            String[] pair = header.split(": ", 2);
            request = request.header(pair[0], pair[1]);
        }
        return target.send(request);
    }

    static Walk begun(Target target, Answer answer) {
        answer.is(303);
        String cookie = answer.headers().getOrDefault("set-cookie", List.of()).stream()
                .filter(set -> set.startsWith(COOKIE) && !set.contains("Max-Age=0"))
                .findFirst()
                .orElseThrow(() -> answer.failure("no cookie for the attempt"));
        String[] pair = cookie.split(";")[0].split("=", 2);
        return new Walk(target, URI.create(answer.header("location")), pair[0], pair[1]);
    }

    /** Goes to the sandbox and returns the address that it sends the browser to. */
    String consent() throws IOException {
        return target.sandbox().open(authorizationUrl.toString()).header("location");
    }

    String cookie() {
        return cookieName + "=" + cookieValue;
    }

    String state() {
        return parameters(authorizationUrl.getRawQuery()).get("state").get(0);
    }

    /** Brings the browser back with this query and no state of its own. */
    Answer back(String query) throws IOException {
        return target.send(Request.get("/callback?" + query).header("Cookie", cookie()));
    }

    Answer finish() throws IOException {
        return target.send(Request.get(Target.path(consent())).header("Cookie", cookie()));
    }

    static String connectedUser(Target target) throws IOException {
        target.sandbox().set("consent", "ALLOW");
        String user = Target.freshUser();
        Answer end = begin(target, user).finish().is(303);
        end.check(end.header("location").contains("status=connected"), "status=connected");
        return user;
    }

    static Map<String, List<String>> parameters(String query) {
        var parameters = new TreeMap<String, List<String>>();
        for (String parameter : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            parameters
                    .computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
                    .add(pair.length > 1 ? decoded(pair[1]) : "");
        }
        return parameters;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
