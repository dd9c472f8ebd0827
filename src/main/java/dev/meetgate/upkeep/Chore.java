package dev.meetgate.upkeep;

import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;

/**
 * Recurring work that needs no call. {@link Upkeep} runs the chores one by one, highest {@code @Priority}
 * first. Several replicas may run the same chore at once.
 */
public interface Chore {

    /** Deletions come first because they are quick and reduce the work of others. */
    int DELETE = 400;

    int REVOKE = 300;
    int RESEAL = 200;

    /** Refreshes come last because they are slow. */
    int REFRESH = 100;

    /**
     * Does the work that is due.
     *
     * @param mayGoOn asked before each step; the chore stops at false
     * @return whether all due work is done
     */
    Uni<Boolean> run(BooleanSupplier mayGoOn);
}
