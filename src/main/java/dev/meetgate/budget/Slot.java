package dev.meetgate.budget;

/**
 * The right to send one request.
 *
 * @param from the earliest time to send, by {@link System#nanoTime}
 * @param speed speed of the time line at the reservation; 1 is full speed
 */
public record Slot(long from, double speed) {}
