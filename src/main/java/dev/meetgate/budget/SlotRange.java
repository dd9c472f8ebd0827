package dev.meetgate.budget;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Consecutive slots of one replica, up to {@code end} (by {@link System#nanoTime}). */
record SlotRange(long end, long interval, int size, double speed) {

    Stream<Slot> slots() {
        return IntStream.range(0, size).mapToObj(before -> new Slot(end - (size - before) * interval, speed));
    }
}
