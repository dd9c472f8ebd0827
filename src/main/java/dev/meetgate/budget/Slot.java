package dev.meetgate.budget;

/**
 * The right to send one request.
 *
 * @param from when it may leave at the earliest, by {@link System#nanoTime}
 * @param speed of the time line when the slot was taken; 1 is the full one
 */
public record Slot(long from, double speed) {}
