package dev.meetgate.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(description = "A page of a list", requiredProperties = "items")
public record Page<T>(
        @Schema(description = "May have fewer items than the limit, or none, although another page follows")
        List<T> items,

        @Schema(description = "`cursor` of the next page. Absent on the last page", examples = "YWxpY2U") @Nullable
        String nextCursor) {}
