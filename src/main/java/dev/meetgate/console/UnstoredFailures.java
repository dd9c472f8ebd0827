package dev.meetgate.console;

import dev.meetgate.console.FailedCalls.Kind;
import dev.meetgate.console.FailedCalls.Last;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Failed calls that are not stored yet, summed up by kind. */
final class UnstoredFailures {

    private static final int MOST_OF_A_TENANT = 10;

    /** The failures of a kind since the last time that failures were stored. */
    record Sum(long number, Instant firstAt, Instant lastAt, Last last) {

        private Sum with(Sum later) {
            return new Sum(number + later.number, firstAt, later.lastAt, later.last);
        }
    }

    private Map<Kind, Sum> sums = new HashMap<>();

    /** Leaves out a failure of too many kinds. Returns whether this failure is the first one. */
    synchronized boolean add(Kind kind, Last last) {
        if (!sums.containsKey(kind) && kindsOf(kind.user().tenant()) >= MOST_OF_A_TENANT) {
            return false;
        }
        boolean isFirst = sums.isEmpty();
        Instant now = Instant.now();
        sums.merge(kind, new Sum(1, now, now, last), Sum::with);
        return isFirst;
    }

    /** Returns the sums, and begins anew. */
    synchronized List<Map.Entry<Kind, Sum>> take() {
        var taken = new ArrayList<>(sums.entrySet());
        sums = new HashMap<>();
        return taken;
    }

    private long kindsOf(String tenant) {
        return sums.keySet().stream()
                .filter(kind -> kind.user().tenant().equals(tenant))
                .count();
    }
}
