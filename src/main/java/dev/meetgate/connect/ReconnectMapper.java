package dev.meetgate.connect;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.vault.TokenVault;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers {@link Failure.ReconnectRequired} with a connect link for the user of the request. There is no link
 * if the connection was made with a challenge: only the tenant can make a link that is tied to its own
 * session.
 */
class ReconnectMapper {

    private static final String BY_CHALLENGE =
            "GoTo no longer accepts this connection. It was made with a codeChallenge:"
                    + " create a connect link with a new one, and send the user there.";

    private final Caller caller;
    private final ReconnectLinks links;
    private final TokenVault vault;

    ReconnectMapper(Caller caller, ReconnectLinks links, TokenVault vault) {
        this.caller = caller;
        this.links = links;
        this.vault = vault;
    }

    @ServerExceptionMapper
    Uni<RestResponse<Problem>> answer(Failure.ReconnectRequired failure, UriInfo uri) {
        User user = caller.user(uri.getPathParameters().getFirst("user"));
        Problem problem = Problem.of(failure);
        return vault.isWithChallenge(user)
                .flatMap(withChallenge -> withChallenge
                        ? Uni.createFrom().item(problem.withDetail(BY_CHALLENGE))
                        : links.of(caller.tenant(), user).map(link -> problem.withConnectUrl(link.url())))
                .map(Problem::answer);
    }
}
