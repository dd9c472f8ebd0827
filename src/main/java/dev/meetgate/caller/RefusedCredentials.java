package dev.meetgate.caller;

/** How many unknown credentials came within a minute, as an event of CDI. */
public record RefusedCredentials(int number) {}
