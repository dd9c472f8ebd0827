/** Tenant, user and deadline of a request. */
@NullMarked
package dev.meetgate.caller;

import org.jspecify.annotations.NullMarked;
