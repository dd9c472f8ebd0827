/** What the user's browser walks through to connect a GoTo account, and what the tenant sees of connections. */
@NullMarked
package dev.meetgate.connect;

import org.jspecify.annotations.NullMarked;
