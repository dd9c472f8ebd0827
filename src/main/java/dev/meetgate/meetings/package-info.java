/** GoToMeeting as our API offers it. The quirks of GoTo's wire stop here. */
@NullMarked
package dev.meetgate.meetings;

import org.jspecify.annotations.NullMarked;
