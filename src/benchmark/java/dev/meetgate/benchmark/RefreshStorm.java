package dev.meetgate.benchmark;

import dev.meetgate.Sandbox;
import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Many calls at once for one user, over three replicas, when GoTo has just stopped to take the access token. */
final class RefreshStorm {

    private static final int CALLS = 200;
    private static final int ROUNDS = 5;

    private record Storm(double millis, int refreshes) {}

    private RefreshStorm() {}

    static void measure(Stage stage, Report report) throws IOException {
        // The stub takes any token.
        Subject subject = stage.meetGate().with(Map.of("GOTO_API_URL", Sandbox.url()));
        try (Replica one = subject.start();
                Replica two = subject.start();
                Replica three = subject.start()) {
            var replicas = List.of(one, two, three);
            storm(subject, replicas);
            var calm = new ArrayList<Storm>();
            var storms = new ArrayList<Storm>();
            for (int round = 0; round < ROUNDS; round++) {
                calm.add(storm(subject, replicas));
                Sandbox.expireAccessTokens();
                storms.add(storm(subject, replicas));
            }
            String name = subject.name();
            report.add(name, "%d calls at once, all answered".formatted(CALLS), "ms", Median.of(calm, Storm::millis));
            report.add(name, "the same, token just rejected", "ms", Median.of(storms, Storm::millis));
            report.add(
                    name,
                    "the latter ÷ the former",
                    "×",
                    Median.of(storms, Storm::millis) / Median.of(calm, Storm::millis));
            report.add(
                    name,
                    "refreshes in each of these",
                    "",
                    storms.stream().mapToInt(Storm::refreshes).max().orElseThrow());
        }
    }

    private static Storm storm(Subject subject, List<Replica> replicas) {
        int refreshes = Sandbox.tokenRequests("refresh_token");
        long begin = System.nanoTime();
        CompletableFuture.allOf(IntStream.range(0, CALLS)
                        .mapToObj(i -> replicas.get(i % replicas.size()).port())
                        .map(port -> Http.get(port, subject.call()))
                        .toArray(CompletableFuture[]::new))
                .join();
        double millis = (System.nanoTime() - begin) / 1e6;
        return new Storm(millis, Sandbox.tokenRequests("refresh_token") - refreshes);
    }
}
