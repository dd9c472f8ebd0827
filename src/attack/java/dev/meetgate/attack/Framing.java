package dev.meetgate.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a request begins and ends (RFC 9112): smuggling, lines, heads, methods. */
final class Framing {

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int CLOSE_MILLIS = 5_000;

    /** Bodies whose length two servers could understand in two ways. */
    private static final Map<String, String> AMBIGUOUS = new TreeMap<>(Map.ofEntries(
            Map.entry("an unknown second transfer coding", "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n"),
            Map.entry("an unknown transfer coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            Map.entry("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            Map.entry("chunked before identity", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
            Map.entry("a tab before chunked", "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
            Map.entry("two lengths", "Content-Length: 0\r\nContent-Length: 36\r\n\r\n"),
            Map.entry("a list of two lengths", "Content-Length: 0, 36\r\n\r\n"),
            Map.entry("a length with a sign", "Content-Length: +0\r\n\r\n"),
            Map.entry("a negative length", "Content-Length: -1\r\n\r\n"),
            Map.entry("a hexadecimal length", "Content-Length: 0x0\r\n\r\n"),
            Map.entry("a length beyond 64 bits", "Content-Length: 18446744073709551616\r\n\r\n"),
            Map.entry("a space before the colon", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
            Map.entry("a chunk size with 0x", "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n"),
            Map.entry("a chunk size with a sign", "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n"),
            Map.entry("a chunk size beyond 64 bits", "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n"),
            Map.entry("a chunk longer than its size", "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"),
            Map.entry("a chunk extension that ends in LF", "Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n")));

    /** Heads that no client sends. */
    private static final Map<String, String> MALFORMED = new TreeMap<>(Map.of(
            "a header with a space in its name", "GET /connected HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n",
            "a NUL in a header", "GET /connected HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n",
            "a CR in a header", "GET /connected HTTP/1.1\r\nHost: x\r\nA: b\rX: c\r\n\r\n",
            "no host", "GET /connected HTTP/1.1\r\n\r\n",
            "two hosts", "GET /connected HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
            "a space in the address", "GET /connected x HTTP/1.1\r\nHost: x\r\n\r\n",
            "an unknown version", "GET /connected HTTP/9.9\r\nHost: x\r\n\r\n",
            "no version", "GET /connected\r\nHost: x\r\n\r\n",
            "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));

    private Framing() {}

    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        AMBIGUOUS.forEach((name, rest) -> checks.add(
                new Check("A body with " + name + " is refused and ends the connection", on -> ambiguous(on, rest))));
        MALFORMED.forEach((name, head) ->
                checks.add(new Check("A request with " + name + " is refused", on -> malformed(on, head))));
        checks.add(new Check("Chunks win over a length, or the request is refused", Framing::lengthAndChunks));
        checks.add(new Check("Requests of one connection are answered in their order", Framing::pipelined));
        checks.add(new Check("A long request line is answered with 414", Framing::longLine));
        checks.add(new Check("A long header is answered with 431", Framing::longHeader));
        checks.add(new Check("Many headers are answered with 431", Framing::manyHeaders));
        checks.add(new Check("Unknown methods are refused", Framing::unknownMethods));
        checks.add(new Check("A method in a header does not count", Framing::methodInAHeader));
        checks.add(new Check("HEAD answers as GET does, without a body", Framing::head));
        checks.add(new Check("OPTIONS names the methods", Framing::options));
        checks.add(new Check("An upgrade of the protocol is ignored", Framing::upgrade));
        checks.add(new Check("Expect: 100-continue is answered before the body", Framing::expectContinue));
        return checks;
    }

    private static void ambiguous(Target target, String rest) throws IOException {
        try (RawConnection connection = target.connect()) {
            connection.write("POST /connected HTTP/1.1\r\nHost: " + target.host() + "\r\n" + rest + SMUGGLED);
            Answer answer = connection.read(true);
            if (answer != null) {
                answer.is(400, 501);
            }
            if (!connection.closesWithin(CLOSE_MILLIS)) {
                throw new AssertionError("the connection goes on after " + Answer.oneLine(rest));
            }
        }
    }

    private static void malformed(Target target, String head) throws IOException {
        try (RawConnection connection = target.connect()) {
            Answer answer = connection.write(head).read(true);
            if (answer != null) {
                answer.is(400, 405, 414, 501, 505);
            }
        }
    }

    private static void lengthAndChunks(Target target) throws IOException {
        try (RawConnection connection = target.connect()) {
            connection.write("POST /connected HTTP/1.1\r\nHost: " + target.host()
                    + "\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
            connection.mustAnswer().is(400, 405);
            Answer second = connection.read(true);
            // RFC 9112 §6.1: the server closes the connection.
            if (second != null) {
                throw second.failure("a second answer");
            }
        }
    }

    private static void pipelined(Target target) throws IOException {
        try (RawConnection connection = target.connect()) {
            String host = " HTTP/1.1\r\nHost: " + target.host() + "\r\n";
            connection.write(
                    "GET /connected?status=connected" + host + "\r\nGET /nowhere" + host + "Connection: close\r\n\r\n");
            connection.mustAnswer().is(200);
            connection.mustAnswer().is(404);
        }
    }

    private static void longLine(Target target) throws IOException {
        try (RawConnection connection = target.connect()) {
            connection.write("GET /connected?x=" + "a".repeat(12_000) + " HTTP/1.1\r\nHost: " + target.host()
                    + "\r\nConnection: close\r\n\r\n");
            connection.mustAnswer().is(414);
        }
    }

    private static void longHeader(Target target) throws IOException {
        target.send(Request.get("/connected").header("X-Long", "a".repeat(40_000)))
                .is(431);
    }

    private static void manyHeaders(Target target) throws IOException {
        Request request = Request.get("/connected");
        for (int i = 0; i < 4_000; i++) {
            request = request.header("X-" + i, "abcdefgh");
        }
        target.send(request).is(431);
    }

    private static void unknownMethods(Target target) throws IOException {
        for (String method : List.of("TRACE", "CONNECT", "M1", "PROPFIND", "get", "DEBUG", "G!T")) {
            target.send(Request.of(method, "/connected")).is(400, 405, 501);
            target.send(Request.of(method, "/v1/connections")).is(400, 401, 405, 501);
        }
    }

    private static void methodInAHeader(Target target) throws IOException {
        for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            target.send(Request.get("/connected").header(name, "DELETE")).is(200);
            target.send(Request.post("/callback").header(name, "GET")).is(405);
        }
        target.send(Request.post("/callback?_method=GET")).is(405);
    }

    private static void head(Target target) throws IOException {
        Answer get = target.send(Request.get("/connected"));
        Answer head = target.send(Request.of("HEAD", "/connected")).is(200);
        head.check(head.header("content-type").equals(get.header("content-type")), "the same type as GET");
        head.check(List.of("", get.header("content-length")).contains(head.header("content-length")), "its length");
        target.send(Request.of("HEAD", "/nowhere")).is(404);
        target.send(Request.of("HEAD", "/v1/connections")).is(401);
    }

    private static void options(Target target) throws IOException {
        for (String path : List.of("/connected", "/callback")) {
            Answer answer = target.send(Request.of("OPTIONS", path)).is(200, 204, 405);
            answer.check(answer.header("allow").contains("GET"), "Allow");
        }
        target.send(Request.of("OPTIONS", "*")).is(200, 204, 400, 404, 405);
    }

    private static void upgrade(Target target) throws IOException {
        for (String protocol : List.of("h2c", "websocket", "TLS/1.3")) {
            Request request = Request.get("/connected").header("Upgrade", protocol);
            target.send(request.header("HTTP2-Settings", "AAMAAABkAAQCAAAAAAIAAAAA"))
                    .is(200);
        }
    }

    private static void expectContinue(Target target) throws IOException {
        String head = "POST /v1/users/x/connect-links HTTP/1.1\r\nHost: %s\r\nContent-Length: 2\r\nExpect: %s\r\n"
                + "Content-Type: application/json\r\nConnection: close\r\n\r\n";
        try (RawConnection connection = target.connect()) {
            connection.write(head.formatted(target.host(), "100-continue"));
            connection.patience(CLOSE_MILLIS);
            connection.write("{}");
            connection.mustAnswer().is(401, 417);
        }
        try (RawConnection connection = target.connect()) {
            connection.write(head.formatted(target.host(), "nonsense") + "{}");
            connection.mustAnswer().is(401, 417);
        }
    }
}
