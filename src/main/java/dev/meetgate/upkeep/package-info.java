/** Recurring work. The owner of a table implements its {@link dev.meetgate.upkeep.Chore chores}. */
@NullMarked
package dev.meetgate.upkeep;

import org.jspecify.annotations.NullMarked;
