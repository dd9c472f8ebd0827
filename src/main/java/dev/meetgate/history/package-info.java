/** Past sessions of meetings and their attendees. */
@NullMarked
package dev.meetgate.history;

import org.jspecify.annotations.NullMarked;
