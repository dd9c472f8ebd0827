package dev.meetgate.meetings;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All upcoming meetings. GoTo has no pages. */
@Schema(description = "All upcoming meetings", requiredProperties = "items")
record MeetingList(@Schema(description = "The meetings") List<Meeting> items) {}
