package dev.meetgate.history;

import dev.meetgate.http.PageLimit;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

class RangeQuery {

    @QueryParam("from")
    @Nullable
    String from;

    @QueryParam("to")
    @Nullable
    String to;

    @QueryParam("limit")
    @DefaultValue(PageLimit.DEFAULT)
    String limit = PageLimit.DEFAULT;

    @QueryParam("cursor")
    @Nullable
    String cursor;

    Windows windows(Instant now) {
        return Windows.of(from, to, limit, cursor, now);
    }
}
