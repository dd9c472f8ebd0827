/** Meetings in MeetGate's API, independent of GoTo's data formats. */
@NullMarked
package dev.meetgate.meetings;

import org.jspecify.annotations.NullMarked;
