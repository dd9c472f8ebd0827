package dev.meetgate.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A part of a list. */
@Schema(description = "A part of a list", requiredProperties = "items")
public record Page<T>(
        @Schema(description = "May be fewer than the limit, even none, and yet not the last")
        List<T> items,

        @Schema(description = "The `cursor` of the next page; absent at the end of the list", examples = "YWxpY2U")
        @Nullable
        String nextCursor) {}
