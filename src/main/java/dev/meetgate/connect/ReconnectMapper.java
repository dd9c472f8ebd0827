package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers {@link Failure.ReconnectRequired} with a connect link for the user of the request. */
class ReconnectMapper {

    private final Caller caller;
    private final ReconnectLinks links;

    ReconnectMapper(Caller caller, ReconnectLinks links) {
        this.caller = caller;
        this.links = links;
    }

    @ServerExceptionMapper
    Uni<RestResponse<Problem>> answer(Failure.ReconnectRequired failure, UriInfo uri) {
        User user = caller.user(uri.getPathParameters().getFirst("user"));
        return links.of(caller.tenant(), user)
                .map(link -> Problem.of(failure).withConnectUrl(link.url()).answer());
    }
}
