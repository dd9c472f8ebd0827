package dev.meetgate.http;

import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** The header {@code Link} of a page of a list: the same request with the next cursor (RFC 8288). */
public final class NextLink {

    private NextLink() {}

    public static String of(UriInfo request, String parameter, String cursor) {
        URI next = UriBuilder.fromUri(request.getRequestUri())
                .replaceQueryParam(parameter, cursor)
                .build();
        return "<%s?%s>; rel=\"next\"".formatted(next.getRawPath(), next.getRawQuery());
    }
}
