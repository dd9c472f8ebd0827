package dev.meetgate.events;

import dev.meetgate.reactive.CallersContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Looks for events until there are some, or until the caller has waited enough. */
@Singleton
class LongPoll {

    /** Many events in a row wake each reader no more often than this. */
    private static final Duration LEAST_PAUSE = Duration.ofMillis(150);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Feed feed;
    private final Events events;
    private final Vertx vertx;

    LongPoll(Feed feed, Events events, Vertx vertx) {
        this.feed = feed;
        this.events = events;
        this.vertx = vertx;
    }

    Uni<Feed.Page> page(long position, Feed.Wanted wanted, Duration atMost) {
        return new Reading(position, wanted, System.nanoTime() + atMost.toNanos()).page();
    }

    private final class Reading {

        private final Feed.Wanted wanted;
        private final long end;
        private final CallersContext context = CallersContext.of(vertx);
        private long position;
        private Duration pause = Duration.ZERO;

        Reading(long position, Feed.Wanted wanted, long end) {
            this.position = position;
            this.wanted = wanted;
            this.end = end;
        }

        Uni<Feed.Page> page() {
            return Uni.createFrom()
                    .deferred(() -> pause().flatMap(paused -> feed.after(position, wanted)))
                    .invoke(page -> position = page.next())
                    .repeat()
                    .whilst(page -> page.events().isEmpty() && left().toMillis() > 0 && !events.isStopping())
                    .collect()
                    .last();
        }

        private Uni<Void> pause() {
            if (pause.isZero()) {
                pause = FIRST_PAUSE;
                return Uni.createFrom().voidItem();
            }
            long begin = System.nanoTime();
            Uni<Void> woken = events.next(wanted.tenant(), Durations.shorter(pause, left()));
            pause = Durations.shorter(pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
            return woken.flatMap(event -> rest(LEAST_PAUSE.minusNanos(System.nanoTime() - begin)))
                    .emitOn(context);
        }

        private Uni<Void> rest(Duration wanting) {
            Duration rest = Durations.shorter(wanting, left());
            Uni<Void> now = Uni.createFrom().voidItem();
            return rest.toMillis() > 0 ? now.onItem().delayIt().by(rest) : now;
        }

        private Duration left() {
            return Duration.ofNanos(end - System.nanoTime());
        }
    }
}
