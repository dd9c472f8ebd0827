/** Past sessions of meetings and their attendees, also of other organizers and of groups. */
@NullMarked
package dev.meetgate.history;

import org.jspecify.annotations.NullMarked;
