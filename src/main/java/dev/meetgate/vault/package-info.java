/** Connections: users' tokens after they were issued, their refresh and their end. */
@NullMarked
package dev.meetgate.vault;

import org.jspecify.annotations.NullMarked;
