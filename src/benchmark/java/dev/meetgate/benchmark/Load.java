package dev.meetgate.benchmark;

import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.hyperfoil.http.statistics.HttpStats;
import io.hyperfoil.http.steps.HttpStepCatalog;
import java.time.Duration;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** One GET request, sent over and over by Hyperfoil. */
record Load(int port, Subject.Call call) {

    private static final int CONNECTIONS = 64;
    /** Enough to keep two cores busy, and what one Node process can hold without queueing for long. */
    private static final int USERS = 32;

    private static final int MOST_WAITING = 5000;

    record Outcome(Histogram latencies, long answers, double seconds) {

        double perSecond() {
            return answers / seconds;
        }

        double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /** Keeps to the rate however long answers take, so that a slow answer does not hide those that should have come after it. */
    Outcome atRate(int perSecond, Duration duration) {
        return run(phases -> phases.constantRate(perSecond).variance(false).maxSessions(MOST_WAITING), duration);
    }

    /** Each user asks again as soon as it is answered. */
    Outcome atFullSpeed(Duration duration) {
        return run(phases -> phases.always(USERS), duration);
    }

    private Outcome run(Function<PhaseBuilder.Catalog, PhaseBuilder<?>> model, Duration duration) {
        BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("load").threads(1);
        benchmark
                .addPlugin(HttpPluginBuilder::new)
                .http()
                .protocol(Protocol.HTTP)
                .host("127.0.0.1")
                .port(port)
                .allowHttp2(false)
                .sharedConnections(CONNECTIONS)
                .endHttp()
                .endPlugin();
        model.apply(benchmark.addPhase("load"))
                .duration(duration.toMillis())
                .scenario()
                .initialSequence("call")
                .step(HttpStepCatalog.SC)
                .httpRequest(HttpMethod.GET)
                .path(call.path())
                .headers()
                .header("Authorization", call.authorization())
                .endHeaders()
                .endStep();
        var total = new StatisticsSnapshot();
        new LocalSimulationRunner(
                        benchmark.build(),
                        (phase, step, metric, snapshot, countDown) -> {
                            synchronized (total) {
                                total.add(snapshot);
                            }
                        },
                        null,
                        null)
                .run();
        return outcome(total);
    }

    private Outcome outcome(StatisticsSnapshot total) {
        int answers = HttpStats.get(total).status_2xx;
        if (answers < total.requestCount) {
            throw new IllegalStateException("%s of port %d: %s".formatted(call.path(), port, total));
        }
        Histogram latencies = total.histogram;
        double seconds = (latencies.getEndTimeStamp() - latencies.getStartTimeStamp()) / 1e3;
        return new Outcome(latencies, answers, seconds);
    }
}
