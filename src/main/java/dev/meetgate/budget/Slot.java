package dev.meetgate.budget;

/** The right to send one request, not before {@code from} (by {@link System#nanoTime}). */
public record Slot(long from, double speed) {}
