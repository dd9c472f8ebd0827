/** The connect flow in the user's browser, and the tenant's view of connections. */
@NullMarked
package dev.meetgate.connect;

import org.jspecify.annotations.NullMarked;
