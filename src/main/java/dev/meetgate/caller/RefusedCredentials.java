package dev.meetgate.caller;

/**
 * Unknown credentials of one minute, as an event of CDI.
 *
 * @param address the address or network that sent most of them
 */
public record RefusedCredentials(int number, String address) {}
