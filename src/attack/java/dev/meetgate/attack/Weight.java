package dev.meetgate.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests whose number or size costs the target something. They come last. */
final class Weight {

    private static final int LARGEST_SCRAPE = 200_000;
    private static final long GROWTH_MEGABYTES = 60;

    /** A JVM lets its heap grow before it collects garbage. */
    private static final long GROWTH_MEGABYTES_OF_JVM = 150;

    private Weight() {}

    static List<Check> checks() {
        return List.of(
                new Check("Idle and half connections keep nobody from being served", Weight::idleConnections),
                new Check("Half a long request line is not kept", Weight::halfLines),
                new Check("Long runs of spaces in a cookie cost nothing", Weight::spacesInCookies),
                new Check("Metrics do not grow with methods and paths of callers", Weight::metrics),
                new Check("Wrong keys keep no right key from working", Weight::wrongKeys));
    }

    private static void idleConnections(Target target) throws IOException {
        long before = target.residentMegabytes();
        var open = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < target.connections(); i++) {
                RawConnection connection = target.connect();
                open.add(connection);
                connection.write(i % 2 == 0 ? "" : "POST /v1/upkeep HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n");
            }
            long start = System.nanoTime();
            Answer answer = target.send(Request.get("/connected")).is(200);
            answer.check(System.nanoTime() - start < 2e9, "within two seconds");
            grew(target, before);
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    private static void spacesInCookies(Target target) throws IOException {
        String cookie = "a" + " ".repeat(15_000) + "b";
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            target.send(Request.of("POST", "/connected").header("Cookie", cookie))
                    .is(404);
        }
        if (System.nanoTime() - start > 2e9) {
            throw new AssertionError("20 requests with such a cookie took over two seconds");
        }
    }

    private static void halfLines(Target target) throws IOException {
        long before = target.residentMegabytes();
        var open = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < 400; i++) {
                RawConnection connection = target.connect();
                open.add(connection);
                try {
                    connection.write("GET /" + "a".repeat(126_000));
                } catch (IOException closed) {
                    // That is as good as an answer.
                    continue;
                }
            }
            for (RawConnection connection : open) {
                connection.patience(5_000);
                Answer answer = connection.read(true);
                if (answer != null) {
                    answer.is(400, 414);
                }
            }
            grew(target, before);
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    private static void grew(Target target, long before) throws IOException {
        long now = target.residentMegabytes();
        if (now - before > (target.isJvm() ? GROWTH_MEGABYTES_OF_JVM : GROWTH_MEGABYTES)) {
            throw new AssertionError("memory grew from %d to %d MB".formatted(before, now));
        }
    }

    private static void metrics(Target target) throws IOException {
        String canary = "attack-canary";
        for (int i = 0; i < 300; i++) {
            target.send(Request.of("M" + i, "/" + canary + i));
            target.send(Request.of("PUT", "/connect/" + canary + i));
            target.send(Request.get("/v1/users/" + canary + i + "/goto/x?email=" + canary + "@example.org"));
        }
        String scrape = target.scrape();
        if (scrape.contains(canary) || scrape.contains("\"M17\"")) {
            throw new AssertionError("a path or method of callers is in the metrics");
        }
        if (scrape.length() > LARGEST_SCRAPE) {
            throw new AssertionError("a scrape of " + scrape.length() + " bytes");
        }
    }

    private static void wrongKeys(Target target) throws IOException {
        String key = target.key();
        for (int i = 0; i < 500; i++) {
            Answer answer = target.send(Request.get("/v1/connections").as("wrong-key-" + i))
                    .is(401, 429);
            answer.check(answer.status() == 401 || answer.has("retry-after"), "Retry-After");
        }
        target.send(Request.get("/v1/connections").as(key)).is(200);
    }
}
