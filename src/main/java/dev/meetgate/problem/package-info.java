/** What can go wrong, and how an answer says so (RFC 9457). */
@NullMarked
package dev.meetgate.problem;

import org.jspecify.annotations.NullMarked;
