package dev.meetgate.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Sends one event, and stores what came of it. Holds no database connection while a receiver is called. */
@Singleton
class Sender {

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final Receivers receivers;
    private final SendingAttempts attempts;
    private final ObjectMapper mapper;
    private final MeterRegistry metrics;

    Sender(Receivers receivers, SendingAttempts attempts, ObjectMapper mapper, MeterRegistry metrics) {
        this.receivers = receivers;
        this.attempts = attempts;
        this.mapper = mapper;
        this.metrics = metrics;
    }

    /** Leaves an attempt alone that another replica may be repeating. */
    Uni<Void> send(Webhook webhook, SendingAttempt attempt) {
        return attempt.isLate()
                ? Uni.createFrom().voidItem()
                : receivers
                        .send(webhook, attempt.content().id(), json(attempt.content()))
                        .flatMap(reply -> store(webhook, attempt, reply));
    }

    /** Sends an event that is not stored, within the caller's deadline. */
    Uni<Reply> test(Webhook webhook, Event event, Duration left) {
        return receivers.send(webhook, event.id(), json(event), Durations.shorter(left, Receivers.LONGEST));
    }

    private String json(Event event) {
        try {
            return mapper.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Uni<Void> store(Webhook webhook, SendingAttempt attempt, Reply reply) {
        count(reply);
        if (reply.isDelivered()) {
            return attempts.delivered(attempt, reply);
        }
        boolean isGone = Reply.GONE.equals(reply.problem());
        Duration delay = Schedule.after(attempt.number());
        if (isGone || delay == null) {
            return switchOff(webhook, attempt, reply, isGone);
        }
        Duration pause =
                reply.retryAfter() == null ? Duration.ZERO : Durations.shorter(reply.retryAfter(), LONGEST_PAUSE);
        return attempts.postponed(attempt, reply, Durations.longer(delay, pause), pause);
    }

    private void count(Reply reply) {
        metrics.counter("meetgate.deliveries", "outcome", reply.isDelivered() ? "delivered" : "failed")
                .increment();
    }

    private Uni<Void> switchOff(Webhook webhook, SendingAttempt attempt, Reply reply, boolean isGone) {
        Log.warnf(
                "The webhook of the tenant %s is switched off: its receiver %s.",
                webhook.tenant(), isGone ? "answered 410" : "has not accepted an event for days");
        return attempts.failed(attempt, webhook, reply, isGone ? Reply.GONE : "not-delivered");
    }
}
