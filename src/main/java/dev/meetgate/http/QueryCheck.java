package dev.meetgate.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that an operation does not know: a misspelt filter would be no filter. */
class QueryCheck {

    private static final String API = "/v1/";

    private final DescribedOperations operations;

    QueryCheck(DescribedOperations operations) {
        this.operations = operations;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        String path = request.getUriInfo().getRequestUri().getRawPath();
        if (query == null || !path.startsWith(API)) {
            return;
        }
        Set<String> known = operations.queryParameters(request.getMethod(), path);
        if (known == null || isRaw(path)) {
            return;
        }
        for (String name : request.getUriInfo().getQueryParameters().keySet()) {
            if (!known.contains(name)) {
                throw BodyMembers.unknownParameter(name, known);
            }
        }
    }

    /** A raw call passes GoTo's own parameters on. */
    private static boolean isRaw(String path) {
        return path.matches("/+v1/+users/+[^/]+/+goto(/.*)?");
    }
}
