package dev.meetgate.budget;

import io.smallrye.mutiny.subscription.UniEmitter;

/** A call that waits for its slot. */
record Waiting(Claim claim, UniEmitter<? super Slot> emitter) {}
