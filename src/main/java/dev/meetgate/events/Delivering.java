package dev.meetgate.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.upkeep.Chore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of tenants with a webhook, soon after their commit and in the upkeep. Each tenant has its
 * own lanes, so that a slow receiver delays no other tenant. No database connection is held while a receiver
 * is called.
 */
@Singleton
@Priority(Chore.DELIVER)
class Delivering implements Chore {

    /** How many events a replica sends at once to a receiver. */
    private static final int LANES = 16;

    /** How long the upkeep waits. What is under way goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What is due later is left to the upkeep. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    /** The pause after a failure, mostly of the database. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /** How many tenants' deliveries a replica looks up at once. It sends to all of them at once. */
    private static final int LOOKS = 8;

    private static final Uni<Void> NOTHING_TO_SEND = Uni.createFrom().voidItem();

    /** What this replica is sending to one receiver. */
    private static final class Lanes {
        private int taken;
        private boolean isLooking;
        private boolean looksAgain;

        /** Whether the database has the tenant's webhook. */
        private volatile boolean isKnown;

        private long timer = -1;

        synchronized boolean beginsToLook() {
            looksAgain = isLooking;
            if (isLooking) {
                return false;
            }
            isLooking = true;
            return true;
        }

        synchronized boolean endsToLook() {
            isLooking = false;
            return looksAgain;
        }

        synchronized int free() {
            return LANES - taken;
        }

        synchronized void take(int more) {
            taken += more;
        }
    }

    private final Vertx vertx;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Attempts attempts;
    private final Receivers receivers;
    private final Detached detached;
    private final ObjectMapper mapper;
    private final MeterRegistry metrics;
    private final Instant begin = Instant.now();
    private final Map<String, Lanes> lanes = new ConcurrentHashMap<>();

    Delivering(
            Vertx vertx,
            Webhooks webhooks,
            Deliveries deliveries,
            Attempts attempts,
            Receivers receivers,
            Detached detached,
            ObjectMapper mapper,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.attempts = attempts;
        this.receivers = receivers;
        this.detached = detached;
        this.mapper = mapper;
        this.metrics = metrics;
    }

    /** After the schema check. The start does not wait for it. */
    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        lookAtAll().subscribe().with(done -> {}, Delivering::postponed);
    }

    /** Looks for events of this tenant that are due. Costs nothing for a tenant without webhook. */
    void wake(String tenant) {
        Webhook webhook = webhooks.of(tenant);
        if (webhook != null) {
            // Not within the deadline of the request that wrote an event.
            detached.of(() -> look(webhook))
                    .flatMap(sending -> sending)
                    .subscribe()
                    .with(done -> {}, Delivering::postponed);
        }
    }

    private static void postponed(Throwable failure) {
        if (failure instanceof Failure) {
            Log.warnf("Events are sent later: %s", failure.getMessage());
        } else {
            Log.error("Events could not be sent", failure);
        }
    }

    /** Begins to send what is due. The result ends when all of that was sent once. */
    private Uni<Uni<Void>> look(Webhook webhook) {
        Lanes ofTenant = lanes.computeIfAbsent(webhook.tenant(), name -> new Lanes());
        if (detached.isStopping() || !ofTenant.beginsToLook()) {
            return Uni.createFrom().item(NOTHING_TO_SEND);
        }
        Uni<Void> known = ofTenant.isKnown
                ? Uni.createFrom().voidItem()
                : deliveries.begin(webhook.tenant(), begin).invoke(() -> ofTenant.isKnown = true);
        return known.flatMap(begun -> deliveries.add(webhook.tenant()))
                .flatMap(added -> claim(webhook, ofTenant))
                .onTermination()
                .invoke(() -> {
                    if (ofTenant.endsToLook()) {
                        wake(webhook.tenant());
                    }
                })
                .flatMap(attempts -> begin(webhook, ofTenant, attempts))
                .onFailure()
                .invoke(() -> schedule(webhook.tenant(), ofTenant, AFTER_FAILURE));
    }

    /** What was claimed is sent whether or not somebody waits for that. */
    private Uni<Uni<Void>> begin(Webhook webhook, Lanes ofTenant, List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return wakeInTime(webhook, ofTenant).map(scheduled -> NOTHING_TO_SEND);
        }
        Uni<Void> sending = detached.of(() -> sendAll(webhook, ofTenant, attempts));
        sending.subscribe().with(sent -> {}, failure -> {});
        return Uni.createFrom().item(sending);
    }

    private Uni<List<Attempt>> claim(Webhook webhook, Lanes ofTenant) {
        int free = ofTenant.free();
        return free <= 0
                ? Uni.createFrom().item(List.of())
                : attempts.claim(webhook.tenant(), free).invoke(claimed -> ofTenant.take(claimed.size()));
    }

    private Uni<Void> sendAll(Webhook webhook, Lanes ofTenant, List<Attempt> attempts) {
        return Multi.createFrom()
                .iterable(attempts)
                .onItem()
                .transformToUni(attempt ->
                        lane(webhook, ofTenant, attempt).onTermination().invoke(() -> ofTenant.take(-1)))
                .collectFailures()
                .merge(LANES)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(() -> schedule(webhook.tenant(), ofTenant, AFTER_FAILURE));
    }

    /** Sends an event, and then others as long as there are any. */
    private Uni<Void> lane(Webhook webhook, Lanes ofTenant, Attempt first) {
        var current = new AtomicReference<>(first);
        return Uni.createFrom()
                .deferred(() -> detached.of(() -> send(webhook, current.get()).flatMap(sent -> next(webhook))))
                .invoke(next -> next.forEach(current::set))
                .repeat()
                .whilst(next -> !next.isEmpty())
                .collect()
                .last()
                .flatMap(none -> detached.isStopping() ? Uni.createFrom().voidItem() : wakeInTime(webhook, ofTenant));
    }

    private Uni<List<Attempt>> next(Webhook webhook) {
        return detached.isStopping() ? Uni.createFrom().item(List.of()) : attempts.claim(webhook.tenant(), 1);
    }

    private Uni<Void> send(Webhook webhook, Attempt attempt) {
        if (attempt.isLate()) {
            return Uni.createFrom().voidItem();
        }
        return receivers
                .send(webhook, attempt.content().id(), json(attempt.content()))
                .flatMap(reply -> store(webhook, attempt, reply));
    }

    private Uni<Void> store(Webhook webhook, Attempt attempt, Reply reply) {
        metrics.counter("meetgate.deliveries", "outcome", reply.isDelivered() ? "delivered" : "failed")
                .increment();
        if (reply.isDelivered()) {
            return attempts.delivered(attempt, reply);
        }
        Duration delay = Schedule.after(attempt.number());
        boolean isGone = Reply.GONE.equals(reply.problem());
        if (delay == null || isGone) {
            Log.warnf(
                    "The webhook of the tenant %s is switched off: its receiver %s.",
                    webhook.tenant(), isGone ? "answered 410" : "has not accepted an event for days");
            return attempts.failed(attempt, reply, isGone ? Reply.GONE : "not-delivered");
        }
        Duration pause = reply.retryAfter() == null ? Duration.ZERO : reply.retryAfter();
        Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        return attempts.postponed(attempt, reply, delay.compareTo(bounded) < 0 ? bounded : delay, bounded);
    }

    private Uni<Void> wakeInTime(Webhook webhook, Lanes ofTenant) {
        return ofTenant.free() == 0
                ? Uni.createFrom().voidItem()
                : attempts.untilNext(webhook.tenant())
                        .invoke(left -> schedule(webhook.tenant(), ofTenant, left))
                        .replaceWithVoid();
    }

    private void schedule(String tenant, Lanes ofTenant, @Nullable Duration left) {
        synchronized (ofTenant) {
            vertx.cancelTimer(ofTenant.timer);
            if (left != null && left.compareTo(SOON) < 0 && !detached.isStopping()) {
                ofTenant.timer = vertx.setTimer(left.toMillis() + 100, due -> wake(tenant));
            }
        }
    }

    /** Sends an event that is not stored, within the caller's deadline. */
    Uni<Reply> test(Webhook webhook, Event event, Duration left) {
        return receivers.send(
                webhook, event.id(), json(event), left.compareTo(Receivers.LONGEST) < 0 ? left : Receivers.LONGEST);
    }

    private String json(Event event) {
        try {
            return mapper.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return lookAtAll().replaceWith(true).ifNoItem().after(PATIENCE).recoverWithItem(false);
    }

    private Uni<Void> lookAtAll() {
        return Multi.createFrom()
                .iterable(webhooks.all())
                .onItem()
                .transformToUni(webhook -> detached.of(() -> look(webhook)))
                .collectFailures()
                .merge(LOOKS)
                .onItem()
                .transformToUni(sending -> sending)
                .collectFailures()
                .merge(Math.max(1, webhooks.all().size()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
