package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses misspelt, empty and repeated query parameters: a filter that is misspelt or empty would be no
 * filter. Unknown parameters are ignored, as ever.
 */
class QueryCheck {

    private static final Set<String> MAY_BE_EMPTY = Set.of("after", "cursor");

    private final DescribedOperations operations;

    QueryCheck(DescribedOperations operations) {
        this.operations = operations;
    }

    @ServerRequestFilter
    void check(HttpServerRequest request, UriInfo address) {
        String path = String.valueOf(request.path());
        if (request.query() == null || !RequestAddress.hasOwnQuery(path)) {
            return;
        }
        Set<String> known = operations.queryParameters(request.method().name(), path);
        if (known == null) {
            return;
        }
        address.getQueryParameters().forEach((name, values) -> {
            Failure refused = known.contains(name) ? unfit(name, values) : BodyMembers.misspeltParameter(name, known);
            if (refused != null) {
                throw refused;
            }
        });
    }

    private static @Nullable Failure unfit(String name, List<String> values) {
        if (values.size() > 1) {
            return new Failure.InvalidRequest(name, "%s must not be repeated.".formatted(name));
        }
        return values.get(0).isEmpty() && !MAY_BE_EMPTY.contains(name)
                ? new Failure.InvalidRequest(
                        name,
                        "%s must not be empty. Give it a value, or leave it out if it is optional.".formatted(name))
                : null;
    }
}
