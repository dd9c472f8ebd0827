/** Who did what, for which user, with which outcome: entries, their chain, and their export. */
@NullMarked
package dev.meetgate.audit;

import org.jspecify.annotations.NullMarked;
