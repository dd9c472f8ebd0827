package dev.meetgate.budget;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Consecutive slots reserved by one replica.
 *
 * @param end the end of the last slot, by {@link System#nanoTime}
 * @param interval time from one slot to the next
 */
record SlotRange(long end, long interval, int size, double speed) {

    Stream<Slot> slots() {
        return IntStream.range(0, size).mapToObj(before -> new Slot(end - (size - before) * interval, speed));
    }
}
