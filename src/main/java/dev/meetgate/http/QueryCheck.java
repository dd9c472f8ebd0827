package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses misspelt query parameters: a misspelt filter would be no filter. Others are ignored, as ever. */
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
            Failure misspelt = known.contains(name) ? null : BodyMembers.misspeltParameter(name, known);
            if (misspelt != null) {
                throw misspelt;
            }
        }
    }

    /** A raw call passes GoTo's own parameters on. */
    private static boolean isRaw(String path) {
        return path.matches("/+v1/+users/+[^/]+/+goto(/.*)?");
    }
}
