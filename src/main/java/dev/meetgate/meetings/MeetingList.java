package dev.meetgate.meetings;

import java.util.List;

/** Upcoming meetings, all of them: GoTo has no pages. */
record MeetingList(List<Meeting> items) {}
