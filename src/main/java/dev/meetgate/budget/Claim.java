package dev.meetgate.budget;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.User;

/** The user of a call and its deadline. */
public record Claim(User user, Deadline deadline) {}
