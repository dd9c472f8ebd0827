package dev.meetgate.upkeep;

import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;

/**
 * Something that is due though nobody calls. {@link Upkeep} runs all chores one after the other, those of the highest {@code @Priority}
 * first. Several replicas may run the same chore at once.
 */
public interface Chore {

    /** Deletions are quick, and what has expired needs no further work. */
    int DELETE = 400;

    int REVOKE = 300;
    int RESEAL = 200;

    /** Refreshes take longest. */
    int REFRESH = 100;

    /**
     * Does what is due.
     *
     * @param mayGoOn asked before each step; once it says no, the chore stops
     * @return whether nothing is left to do
     */
    Uni<Boolean> run(BooleanSupplier mayGoOn);
}
