package dev.meetgate.budget;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Neighbouring slots that one replica has taken.
 *
 * @param end where the slots of others begin, by {@link System#nanoTime}
 * @param interval from one slot to the next
 */
record SlotRange(long end, long interval, int size, double speed) {

    Stream<Slot> slots() {
        return IntStream.range(0, size).mapToObj(before -> new Slot(end - (size - before) * interval, speed));
    }
}
