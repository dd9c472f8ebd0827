/**
 * Connections: users' tokens after they were issued, their refresh and their end. The upkeep is here too; it deletes what expired in
 * tables of other packages, so that they need no upkeep of their own.
 */
@NullMarked
package dev.meetgate.vault;

import org.jspecify.annotations.NullMarked;
