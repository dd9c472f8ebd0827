package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** What operators learn of walks: the metric and the log. */
@Singleton
class WalkRecord {

    private final MeterRegistry metrics;

    WalkRecord(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void ended(User user, Outcome outcome) {
        String name = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        metrics.counter("meetgate.walks", "outcome", name).increment();
        UserLog.info(user, outcome.title());
    }
}
