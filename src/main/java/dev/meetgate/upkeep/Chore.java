package dev.meetgate.upkeep;

import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;

/**
 * Recurring work without a caller. {@link Upkeep} runs the chores of the highest {@code @Priority} first.
 * Several replicas may run a chore at once.
 */
public interface Chore {

    /** Deletions and the like come first, because they are quick and leave less work to others. */
    int QUICK = 400;

    int REVOKE = 300;
    int RESEAL = 200;

    /** Before refreshes, because events become stale. */
    int DELIVER = 150;

    /** Refreshes come last because they are slow. */
    int REFRESH = 100;

    /** Runs while {@code mayGoOn}, asked before each step, is true. Returns whether all due work is done. */
    Uni<Boolean> run(BooleanSupplier mayGoOn);
}
