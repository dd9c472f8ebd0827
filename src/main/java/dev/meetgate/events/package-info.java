/** What happened: the outbox that others write in their transactions, the feed, and the webhooks. */
@NullMarked
package dev.meetgate.events;

import org.jspecify.annotations.NullMarked;
