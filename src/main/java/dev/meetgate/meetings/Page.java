package dev.meetgate.meetings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the list goes on; absent at its end. Until then a page may have fewer items than its limit, even none
 */
record Page<T>(List<T> items, @Nullable String nextCursor) {}
