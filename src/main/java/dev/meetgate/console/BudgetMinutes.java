package dev.meetgate.console;

import dev.meetgate.budget.Budget;
import dev.meetgate.database.Postgres;
import dev.meetgate.reactive.Detached;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * How the budget was used, minute by minute, by all replicas. Each replica adds what its counters show once a
 * minute; a call pays nothing for it.
 */
@Singleton
@Priority(Chore.QUICK)
class BudgetMinutes implements Chore {

    /** A minute of the last hour. */
    record Minute(Instant minute, long granted, long refused) {}

    private static final long INTERVAL_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int SHOWN = 60;

    private static final String ADD = """
            insert into budget_minute (minute, granted, refused)
            values (date_trunc('minute', now() - interval '30 seconds'), $1, $2)
            on conflict (minute) do update
               set granted = budget_minute.granted + excluded.granted, refused = budget_minute.refused + excluded.refused
            """;

    private static final String LAST_HOUR = """
            select minute, granted, refused from budget_minute where minute > $1 order by minute
            """;

    private final ConsoleConfig config;
    private final Budget budget;
    private final Postgres postgres;
    private final Detached detached;
    private final Vertx vertx;
    private volatile Budget.Used stored = new Budget.Used(0, 0);

    BudgetMinutes(ConsoleConfig config, Budget budget, Postgres postgres, Detached detached, Vertx vertx) {
        this.config = config;
        this.budget = budget;
        this.postgres = postgres;
        this.detached = detached;
        this.vertx = vertx;
    }

    /** Where there is no console, nothing counts. */
    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        if (config.isOn()) {
            vertx.setPeriodic(INTERVAL_MILLIS, minute -> store());
        }
    }

    private void store() {
        Budget.Used now = budget.used();
        Budget.Used fresh = since(stored, now);
        stored = now;
        if (fresh.granted() + fresh.refused() == 0) {
            return;
        }
        detached.of(() -> postgres.execute(ADD, fresh.granted(), fresh.refused()))
                .subscribe()
                .with(
                        added -> {},
                        failure -> Log.debugf("The console misses a minute of the budget: %s", failure.getMessage()));
    }

    private static Budget.Used since(Budget.Used before, Budget.Used now) {
        return new Budget.Used(now.granted() - before.granted(), now.refused() - before.refused());
    }

    Uni<Fleet.Requests> requests() {
        return lastHour().map(hour -> new Fleet.Requests(budget.limit(), budget.queued(), hour));
    }

    /** Each minute of the last hour. The current one has what this replica did in it. */
    private Uni<List<Minute>> lastHour() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Instant before = now.minus(SHOWN, ChronoUnit.MINUTES);
        Budget.Used fresh = since(stored, budget.used());
        return postgres.execute(LAST_HOUR, before.atOffset(ZoneOffset.UTC)).map(rows -> {
            Map<Instant, Minute> known = new HashMap<>();
            rows.forEach(row -> {
                Instant minute = row.getOffsetDateTime("minute").toInstant();
                known.put(minute, new Minute(minute, row.getLong("granted"), row.getLong("refused")));
            });
            known.merge(
                    now,
                    new Minute(now, fresh.granted(), fresh.refused()),
                    (one, other) ->
                            new Minute(one.minute(), one.granted() + other.granted(), one.refused() + other.refused()));
            var minutes = new ArrayList<Minute>();
            for (int ago = SHOWN - 1; ago >= 0; ago--) {
                Instant minute = now.minus(ago, ChronoUnit.MINUTES);
                minutes.add(known.getOrDefault(minute, new Minute(minute, 0, 0)));
            }
            return minutes;
        });
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(
                postgres, "budget_minute", "minute", "minute < now() - interval '2 hours' order by minute", mayGoOn);
    }
}
