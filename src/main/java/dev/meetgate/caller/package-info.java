/** Who calls us, for which user, and how long they wait. */
@NullMarked
package dev.meetgate.caller;

import org.jspecify.annotations.NullMarked;
