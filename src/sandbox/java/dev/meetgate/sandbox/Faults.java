package dev.meetgate.sandbox;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults that wait for a request: one queue for each endpoint. */
final class Faults {

    private final Map<Endpoint, Deque<Fault>> waiting = new EnumMap<>(Endpoint.class);

    void add(Fault fault) {
        at(fault.endpoint()).addAll(Collections.nCopies(Math.max(1, fault.times()), fault));
    }

    @Nullable
    Fault next(Endpoint endpoint) {
        Deque<Fault> faults = at(endpoint);
        Fault next = faults.peek();
        return next == null || next.times() == 0 ? next : faults.poll();
    }

    boolean awaits(Endpoint endpoint) {
        return !at(endpoint).isEmpty();
    }

    void clear() {
        waiting.clear();
    }

    void clear(Endpoint endpoint) {
        waiting.remove(endpoint);
    }

    private Deque<Fault> at(Endpoint endpoint) {
        return waiting.computeIfAbsent(endpoint, none -> new ArrayDeque<>());
    }
}
