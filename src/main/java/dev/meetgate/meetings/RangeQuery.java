package dev.meetgate.meetings;

import dev.meetgate.PageLimit;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of a list that is about a range of time, as it was sent. */
class RangeQuery {

    @Parameter(description = "Begin of the range, an RFC 3339 time", required = true, example = "2026-01-01T00:00:00Z")
    @QueryParam("from")
    @Nullable
    String from;

    @Parameter(description = "End of the range, exclusive, at most ten years after its begin; now, if left out")
    @QueryParam("to")
    @Nullable
    String to;

    @Parameter(description = "The most items to answer, from 1 to 200")
    @QueryParam("limit")
    @DefaultValue(PageLimit.DEFAULT)
    String limit = PageLimit.DEFAULT;

    @Parameter(description = "The nextCursor of the page before, asked for with the same range")
    @QueryParam("cursor")
    @Nullable
    String cursor;

    Timeline timeline(Instant now) {
        return Timeline.of(from, to, limit, cursor, now);
    }
}
