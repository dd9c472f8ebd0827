package dev.meetgate.connect;

import dev.meetgate.Failure;
import dev.meetgate.Problem;
import io.smallrye.mutiny.Uni;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers that a reconnect is required together with the link that does it. */
class ReconnectMapper {

    private final ConnectLinks links;

    ReconnectMapper(ConnectLinks links) {
        this.links = links;
    }

    @ServerExceptionMapper
    Uni<RestResponse<Problem>> answer(Failure.ReconnectRequired failure) {
        var user = failure.user();
        return links.issue(new ConnectLink(user, user.id(), null))
                .map(link -> Problem.of(failure).withConnectUrl(link.url()).answer());
    }
}
