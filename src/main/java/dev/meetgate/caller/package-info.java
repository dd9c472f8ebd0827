/** Who calls: tenants, their credentials and users, and how long a caller waits. */
@NullMarked
package dev.meetgate.caller;

import org.jspecify.annotations.NullMarked;
