package dev.meetgate.connect;

import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What operators learn of walks: the metric and the log. */
@Singleton
class WalkRecord {

    private final MeterRegistry metrics;

    WalkRecord(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void ended(User user, Outcome outcome) {
        metrics.counter("meetgate.walks", "outcome", outcome.code()).increment();
        UserLog.info(user, outcome.title());
    }
}
