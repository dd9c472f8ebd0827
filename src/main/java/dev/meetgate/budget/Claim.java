package dev.meetgate.budget;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.User;

/** Whose call wants a slot, and by when. */
public record Claim(User user, Deadline deadline) {}
