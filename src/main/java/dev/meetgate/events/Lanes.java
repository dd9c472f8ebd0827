package dev.meetgate.events;

import dev.meetgate.reactive.Detached;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The lanes in which this replica sends events to one receiver at once. */
final class Lanes {

    private static final int NUMBER = 16;

    private final Webhook webhook;
    private final SendingAttempts attempts;
    private final Sender sender;
    private final Detached detached;
    private final AtomicInteger free = new AtomicInteger(NUMBER);

    Lanes(Webhook webhook, SendingAttempts attempts, Sender sender, Detached detached) {
        this.webhook = webhook;
        this.attempts = attempts;
        this.sender = sender;
        this.detached = detached;
    }

    boolean areTaken() {
        return free.get() <= 0;
    }

    /** Claims what is due, and takes a lane for each event. One caller at a time. */
    Uni<List<SendingAttempt>> claim() {
        return areTaken()
                ? Uni.createFrom().item(List.of())
                : attempts.claim(webhook.tenant(), free.get()).invoke(claimed -> free.addAndGet(-claimed.size()));
    }

    /**
     * Sends what was claimed, and then what has become due meanwhile. Runs {@code atTheEnd} before a lane is
     * free again.
     */
    Uni<Void> send(List<SendingAttempt> claimed, Supplier<Uni<Void>> atTheEnd) {
        return detached.of(() -> Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUni(first -> lane(first, atTheEnd).onTermination().invoke(() -> free.incrementAndGet()))
                .collectFailures()
                .merge(NUMBER)
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<Void> lane(SendingAttempt first, Supplier<Uni<Void>> atTheEnd) {
        var current = new AtomicReference<>(first);
        return Uni.createFrom()
                .deferred(() ->
                        detached.of(() -> sender.send(webhook, current.get()).flatMap(sent -> next())))
                .invoke(next -> next.forEach(current::set))
                .repeat()
                .whilst(next -> !next.isEmpty())
                .collect()
                .last()
                .flatMap(none -> detached.isStopping() ? Uni.createFrom().voidItem() : atTheEnd.get());
    }

    private Uni<List<SendingAttempt>> next() {
        return detached.isStopping() ? Uni.createFrom().item(List.of()) : attempts.claim(webhook.tenant(), 1);
    }
}
