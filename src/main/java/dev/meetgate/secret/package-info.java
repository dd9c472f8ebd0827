/** Secrets in memory and at rest. */
@NullMarked
package dev.meetgate.secret;

import org.jspecify.annotations.NullMarked;
