package dev.meetgate.benchmark;

import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.benchmark.Subject.Call;
import dev.meetgate.packaged.Replica;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

/** New users connect: the link, consent at the sandbox, the callback. */
final class ConnectWalk {

    private static final int WARM_UP = 50;
    private static final int WALKS = 200;

    private ConnectWalk() {}

    static void measure(Stage stage, Report report) throws IOException {
        Subject subject = stage.meetGate();
        try (Replica replica = subject.start()) {
            IntStream.range(0, WARM_UP).forEach(i -> walk(replica, Api.freshUser()));
            Duration cpu = Usage.cpu(replica.process());
            report.add(
                    subject.name(), "connect walk", "ms", Median.millis(WALKS, () -> walk(replica, Api.freshUser())));
            Duration used = Usage.cpu(replica.process()).minus(cpu);
            report.add(subject.name(), "CPU time a connect walk", "µs", used.toNanos() / 1e3 / WALKS);
            double millis = Median.millis(
                    1, () -> IntStream.range(0, WALKS).parallel().forEach(i -> walk(replica, Api.freshUser())));
            report.add(subject.name(), "connect walks, several at once", "/s", WALKS / millis * 1e3);
        }
    }

    static void walk(Replica replica, String user) {
        // Where Api takes the browser when it meets the public URL.
        RestAssured.port = replica.port();
        var links = new Call("/v1/users/%s/connect-links".formatted(user), Stage.API_KEY);
        String link = new JsonObject(Http.post(replica.port(), links).join()).getString("url");
        String end = Api.walk(new Browser(), link);
        if (!end.contains("status=connected")) {
            throw new IllegalStateException(end);
        }
    }
}
