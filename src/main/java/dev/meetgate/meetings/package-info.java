/** Upcoming meetings, and GoTo's calls for them. */
@NullMarked
package dev.meetgate.meetings;

import org.jspecify.annotations.NullMarked;
