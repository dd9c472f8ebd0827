package dev.meetgate.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether GoTo has asked for fewer requests.
 *
 * @param pausedUntil the end of a pause of all replicas
 * @param fullSpeedAt when requests are as many in a second as usual
 */
public record Slowness(
        @Nullable Instant pausedUntil, @Nullable Instant fullSpeedAt) {}
