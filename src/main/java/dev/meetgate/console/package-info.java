/** The operators' console: the fleet, the search, the story of a user, webhooks, and actions. */
@NullMarked
package dev.meetgate.console;

import org.jspecify.annotations.NullMarked;
