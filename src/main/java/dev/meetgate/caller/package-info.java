/** Who calls us: tenants and their credentials. */
@NullMarked
package dev.meetgate.caller;

import org.jspecify.annotations.NullMarked;
