/** Expected failures, and the problems (RFC 9457) that describe them in answers. */
@NullMarked
package dev.meetgate.problem;

import org.jspecify.annotations.NullMarked;
