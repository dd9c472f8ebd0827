package dev.meetgate.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Bodies: their size, encoding and JSON. */
final class Bodies {

    private static final int KB = 1024;

    private Bodies() {}

    static List<Check> checks() {
        return List.of(
                new Check("A body that announces more than 64 KB is refused", Bodies::announced),
                new Check("A chunked body of more than 64 KB is refused", Bodies::chunked),
                new Check("Malformed JSON is refused without an echo", Bodies::malformed),
                new Check("JSON in another encoding is refused or read rightly", Bodies::encodings),
                new Check("A compressed body is refused, not unpacked", Bodies::compressed),
                new Check("Another type of content is refused", Bodies::types),
                new Check("Text that a database cannot hold is refused", Bodies::text),
                new Check("Names with markup are shown as text", Bodies::markup),
                new Check("Unknown members are refused by name", Bodies::unknownMembers));
    }

    private static Request links(String user) {
        return Request.post("/v1/users/" + user + "/connect-links");
    }

    private static void announced(Target target) throws IOException {
        for (int size : new int[] {65 * KB, 10_000 * KB}) {
            byte[] body = ("{\"displayName\":\"" + "a".repeat(size) + "\"}").getBytes(UTF_8);
            try (RawConnection connection = target.connect()) {
                connection.write(links("x").as(target.key()).json(body).head(target.host()));
                connection.write(new byte[KB]);
                connection.mustAnswer().isProblem(413, "too-large");
            }
        }
    }

    private static void chunked(Target target) throws IOException {
        try (RawConnection connection = target.connect()) {
            connection.write("POST /v1/users/x/connect-links HTTP/1.1\r\nHost: " + target.host()
                    + "\r\nAuthorization: Bearer " + target.key()
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.write("10\r\n{\"displayName\":\"\r\n");
            String chunk = Integer.toHexString(KB) + "\r\n" + "a".repeat(KB) + "\r\n";
            for (int kilobytes = 0; kilobytes < 70; kilobytes++) {
                connection.write(chunk);
            }
            connection.write("0\r\n\r\n").mustAnswer().is(413);
        }
    }

    private static void malformed(Target target) throws IOException {
        String canary = "canary-of-the-attack";
        for (String json : List.of(
                "{",
                "[]",
                "null",
                "\"" + canary + "\"",
                "{\"displayName\":{\"" + canary + "\":1}}",
                "{\"displayName\":[\"" + canary + "\"]}",
                "{\"displayName\":1}",
                "{\"displayName\":true}",
                "{\"displayName\":\"a\"}{\"displayName\":\"b\"}",
                "{\"displayName\":NaN}",
                "{'displayName':'a'}",
                "{displayName:\"a\"}",
                "{\"displayName\":\"a\",}",
                "/* c */{\"displayName\":\"a\"}",
                "{\"displayName\":\"\\ud83d\"}",
                "{\"displayName\":\"\\u0000\"}",
                "{\"displayName\":" + "1".repeat(20_000) + "}",
                "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
                "{\"" + "a".repeat(60_000) + "\":1}")) {
            Answer answer = target.call(links("x").json(json));
            answer.check(answer.status() == 400 || json.equals("null"), "expected 400")
                    .isNoError();
            answer.check(!answer.body().contains(canary), "no echo of the value");
            answer.check(!answer.body().matches("(?s).*(dev\\.meetgate|java\\.|jackson|Exception).*"), "no class name");
        }
    }

    private static void encodings(Target target) throws IOException {
        byte[] withByteOrderMark = ("\ufeff{\"displayName\":\"Zoë\"}").getBytes(UTF_8);
        for (byte[] body : List.of(
                withByteOrderMark,
                "{\"displayName\":\"Zoë\"}".getBytes(UTF_16),
                "{\"displayName\":\"Zoë\"}".getBytes(ISO_8859_1),
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'})) {
            Answer answer = target.call(links(Target.freshUser()).json(body)).is(201, 400);
            if (answer.status() == 201) {
                Answer page = target.send(Request.get(Target.path(answer.json().getString("url"))));
                page.check(page.body().contains("Zoë"), "the name as it was sent");
            }
        }
    }

    private static void compressed(Target target) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(("{\"displayName\":\"" + "a".repeat(50_000_000) + "\"}").getBytes(UTF_8));
        }
        for (String encoding : List.of("gzip", "deflate", "br", "gzip, gzip")) {
            target.call(links("x").header("Content-Encoding", encoding).json(packed.toByteArray()))
                    .is(400, 413, 415);
        }
    }

    private static void types(Target target) throws IOException {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/xml")) {
            target.call(links("x").header("Content-Type", type).body("{}".getBytes(UTF_8)))
                    .isProblem(415, "unsupported-media-type");
        }
        target.call(Request.get("/v1/connections").header("Accept", "image/png"))
                .isProblem(406, "not-acceptable");
    }

    private static void text(Target target) throws IOException {
        for (String name :
                List.of("", " ", "\\u0000", "a\\u0000b", "a\\r\\nb", "\\u0007", "\\u0085", "a".repeat(201))) {
            target.call(links("x").json("{\"displayName\":\"" + name + "\"}")).isProblem(400, "invalid-request");
        }
        for (String name :
                List.of("\\ud83d\\ude00", "Ωmega", "a".repeat(200), "\\ufeffx", "\\u202ex", "‘; drop table")) {
            target.call(links(Target.freshUser()).json("{\"displayName\":\"" + name + "\"}"))
                    .is(201, 400);
        }
    }

    private static void markup(Target target) throws IOException {
        String name = "<script>alert(1)</script>\\\" onload='x' {1237*5849} {{1237*5849}} ${1237*5849} {#if x}";
        Answer answer = target.call(links(Target.freshUser()).json("{\"displayName\":\"" + name + "\"}"))
                .is(201);
        Answer page = target.send(Request.get(Target.path(answer.json().getString("url"))))
                .is(200);
        page.check(!page.body().contains("<script>"), "no script");
        page.check(page.body().contains("&lt;script&gt;"), "the name as text");
        page.check(page.body().contains("{1237*5849}") && !page.body().contains("7235213"), "no template");
    }

    private static void unknownMembers(Target target) throws IOException {
        Answer answer = target.call(links("x").json("{\"return_url\":\"https://x.example/\"}"));
        answer.isProblem(400, "invalid-request").check(answer.body().contains("returnUrl"), "the right spelling");
    }
}
