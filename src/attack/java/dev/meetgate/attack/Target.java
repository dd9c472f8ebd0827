package dev.meetgate.attack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The MeetGate that is attacked. It counts the requests and searches the answers for tokens of the sandbox. */
public final class Target {

    private static final Pattern TOKEN = Pattern.compile("sbx-(at|rt|code)[-.]");

    private final Options options;
    private final AtomicLong requests = new AtomicLong();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    public Target(Options options) {
        this.options = options;
    }

    Answer send(Request request) throws IOException {
        try (RawConnection connection = connect()) {
            connection.write(request.head(host()));
            byte[] body = request.body();
            if (body != null) {
                connection.write(body);
            }
            Answer answer = connection.read(!request.method().equals("HEAD"));
            if (answer == null) {
                throw new AssertionError(
                        "closed without an answer%n    asked: %s".formatted(Answer.oneLine(request.head(host()))));
            }
            return searched(answer);
        }
    }

    /** Sends a request with the tenant's key. */
    Answer call(Request request) throws IOException {
        return send(request.as(key()));
    }

    /** A connection for requests of any form. It counts as one request. */
    RawConnection connect() throws IOException {
        requests.incrementAndGet();
        return new RawConnection(options.target());
    }

    private Answer searched(Answer answer) {
        if (TOKEN.matcher(answer.headers() + answer.body()).find()) {
            leaks.add(Answer.oneLine(answer.request()));
        }
        return answer;
    }

    Queue<String> leaks() {
        return leaks;
    }

    String host() {
        return options.target().getRawAuthority();
    }

    String key() {
        return given("key", options.key());
    }

    String otherKey() {
        return given("otherKey", options.otherKey());
    }

    String returnUrl() {
        return given("returnUrl", options.returnUrl());
    }

    /** Without it, a check knows only what MeetGate answers, not what it asks of GoTo. */
    GoTo sandbox() {
        return new GoTo(given("sandbox", options.sandbox()));
    }

    String scrape() throws IOException {
        return new GoTo(given("management", options.management())).read("/q/metrics");
    }

    /** Resident memory in MB, or a negative number if the process is not known. */
    public long residentMegabytes() throws IOException {
        Path status = Path.of("/proc/%s/status".formatted(options.pid()));
        if (options.pid() == null || !Files.exists(status)) {
            return -1;
        }
        return Long.parseLong(Files.readString(status).replaceFirst("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1")) / 1000;
    }

    boolean isJvm() throws IOException {
        Path program = Path.of("/proc/%s/exe".formatted(options.pid()));
        return Files.exists(program) && program.toRealPath().endsWith("java");
    }

    public long requests() {
        return requests.get();
    }

    int connections() {
        return options.connections();
    }

    static String freshUser() {
        return "attack-" + UUID.randomUUID();
    }

    /** The path of a URL that MeetGate issued. Its public URL may differ from the address that is attacked. */
    static String path(String url) {
        URI uri = URI.create(url);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw new NotAsked("-D" + option);
        }
        return value;
    }
}
