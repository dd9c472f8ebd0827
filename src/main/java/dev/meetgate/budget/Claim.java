package dev.meetgate.budget;

import dev.meetgate.User;

/** Whose call wants a slot, and by when. */
public record Claim(User user, Deadline deadline) {}
