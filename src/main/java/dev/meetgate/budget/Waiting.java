package dev.meetgate.budget;

import io.smallrye.mutiny.subscription.UniEmitter;

record Waiting(Claim claim, UniEmitter<? super Slot> emitter) {}
