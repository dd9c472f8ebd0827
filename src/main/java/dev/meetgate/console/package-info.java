/** The operators' console: the fleet, the search, the story of a user, webhooks, and what operators may do. */
@NullMarked
package dev.meetgate.console;

import org.jspecify.annotations.NullMarked;
