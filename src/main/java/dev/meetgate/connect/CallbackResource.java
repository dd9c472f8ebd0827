package dev.meetgate.connect;

import dev.meetgate.connect.AuthorizationRequests.Attempt;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The redirect URI (RFC 6749 §4.1.2). */
@Singleton
@Path("/callback")
@Tag(ref = "Pages")
class CallbackResource {

    private final AuthorizationRequests requests;
    private final AttemptEnds attemptEnds;
    private final AuthorizationServer authorizationServer;
    private final Completion completion;
    private final PendingWalks pending;
    private final Walk walk;
    private final PublicUrl publicUrl;

    CallbackResource(
            AuthorizationRequests requests,
            AttemptEnds attemptEnds,
            AuthorizationServer authorizationServer,
            Completion completion,
            PendingWalks pending,
            Walk walk,
            PublicUrl publicUrl) {
        this.requests = requests;
        this.attemptEnds = attemptEnds;
        this.authorizationServer = authorizationServer;
        this.completion = completion;
        this.pending = pending;
        this.walk = walk;
        this.publicUrl = publicUrl;
    }

    @GET
    @Operation(
            operationId = "finishConnecting",
            summary = "Receive the user back from GoTo",
            description = "The redirect URI of the OAuth client. Exchanges the authorization code for tokens, stores"
                    + " the connection, and redirects to the return URL of the connect link with"
                    + " `status` (`connected`, `denied` or `failed`), `user`, the link's `state` and, after a"
                    + " failure, `problem`. The same callback in the same browser ends at the same place again;"
                    + " one that comes too late has the problem `connect-expired`. After a link with `codeChallenge`"
                    + " it stores no connection, and `status` is `pending`, with the `code` to finish with.")
    @APIResponse(responseCode = "303", description = "Redirect to the return URL, or to `/connected` without one")
    @APIResponse(responseCode = "400", description = "A page: the attempt is unknown, or began in another browser")
    @APIResponse(
            responseCode = "503",
            description = "A page: MeetGate is not available at the moment, or GoTo has not answered yet")
    public Uni<Response> callback(UriInfo uri, HttpHeaders headers) {
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        List<String> states = query.getOrDefault("state", List.of());
        if (states.size() != 1) {
            return Uni.createFrom().item(Pages.unknownCallback());
        }
        return requests.find(Secret.of(states.get(0)))
                .flatMap(attempt -> callback(attempt, query, headers))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithItem(() -> Pages.unknownCallback());
    }

    private Uni<Response> callback(Attempt attempt, MultivaluedMap<String, String> query, HttpHeaders headers) {
        Secret browser = AttemptCookie.read(headers, attempt.cookie());
        if (browser == null) {
            return Uni.createFrom().item(unknownCallback(attempt));
        }
        return completion
                .of(attempt, browser, authorizationServer.read(query))
                .flatMap(outcome -> outcome == Outcome.PENDING
                        ? waiting(attempt, browser)
                        : Uni.createFrom()
                                .item(outcome == null ? Pages.stillCompleting() : backTo(attempt, outcome, browser)))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithItem(() -> unknownCallback(attempt));
    }

    /** To the application, which finishes, or to the page that asks the person. */
    private Uni<Response> waiting(Attempt attempt, Secret browser) {
        return pending.code(attempt).flatMap(code -> {
            if (code == null) {
                return endedMeanwhile(attempt, browser);
            }
            URI next = attempt.hasChallenge() ? attempt.wayBack().toFinish(code) : WayBack.toConfirm(code, publicUrl);
            return Uni.createFrom().item(Response.seeOther(next).build());
        });
    }

    private Uni<Response> endedMeanwhile(Attempt attempt, Secret browser) {
        return attemptEnds
                .outcome(attempt, browser)
                .map(now -> now == null || now == Outcome.PENDING ? Outcome.NOT_FINISHED : now)
                .map(outcome -> backTo(attempt, outcome, browser));
    }

    private Response unknownCallback(Attempt attempt) {
        return Pages.unknownCallback(Ending.of(Notice.UNKNOWN_CALLBACK)
                .in(walk.application(attempt.user().tenant()), attempt.wayBack().plain())
                .logged(attempt.user()));
    }

    /** A browser keeps its cookie while the link may still work, and for a callback that comes again. */
    private Response backTo(Attempt attempt, Outcome outcome, Secret browser) {
        var back = Response.seeOther(attempt.wayBack().to(outcome, publicUrl));
        return outcome.isFinal() || attempt.link() == null
                ? back.cookie(AttemptCookie.forget(attempt.cookie(), browser)).build()
                : back.build();
    }

    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        return walk.unavailable(failure);
    }
}
