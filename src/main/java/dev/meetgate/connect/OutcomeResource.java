package dev.meetgate.connect;

import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The page that ends a walk without a return URL. */
@Singleton
@Path("/connected")
@Tag(ref = "Pages")
class OutcomeResource {

    private final ConnectLinks links;
    private final Walk walk;
    private final FormSource formSource;

    OutcomeResource(ConnectLinks links, Walk walk, FormSource formSource) {
        this.links = links;
        this.walk = walk;
        this.formSource = formSource;
    }

    /** Shows to the user what a return URL tells the tenant. */
    @GET
    @Operation(
            operationId = "showOutcome",
            summary = "Show how an attempt to connect ended",
            description = "The last page for users whose connect link has no return URL. It names the application and"
                    + " the account to the browser that began. After a failure, it has a button to try again.")
    @APIResponse(responseCode = "200", description = "The page")
    public Uni<Response> connected(
            @Parameter(description = "Outcome: `connected`, `denied` or `failed`") @QueryParam("status") @Nullable
                    String status,
            @Parameter(description = "Name of the failure") @QueryParam("problem") @Nullable String problem,
            HttpHeaders headers) {
        if (status == null) {
            return Uni.createFrom().item(Pages.outcome(Ending.of(Notice.OUTCOME_UNKNOWN)));
        }
        Outcome outcome = Outcome.of(status, problem);
        return links.endedBy(AttemptCookie.all(headers), outcome)
                .flatMap(link -> link == null ? plain(outcome) : walk.outcome(outcome, link))
                .onFailure(Failure.Unavailable.class)
                .recoverWithUni(() -> plain(outcome));
    }

    private static Uni<Response> plain(Outcome outcome) {
        return Uni.createFrom().item(Pages.outcome(Ending.of(outcome)));
    }

    /** The cookies tell which link this browser began with. */
    @POST
    @Operation(
            operationId = "tryAgain",
            summary = "Try to connect again",
            description = "The button of the page after a failure sends this form. It leads to GoTo again while this"
                    + " browser's connect link is valid.")
    @APIResponse(responseCode = "303", description = "Redirect to GoTo")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site")
    @APIResponse(responseCode = "404", description = "A page: the link does not work any more")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> again(HttpHeaders headers) {
        return formSource.answer(headers, () -> begin(headers));
    }

    private Uni<Response> begin(HttpHeaders headers) {
        return links.begunBy(AttemptCookie.all(headers)).flatMap(link -> {
            if (link == null) {
                return Uni.createFrom().item(Pages.unknownLink());
            }
            return link.isLive()
                    ? walk.begin(link, Objects.requireNonNull(link.browserHash()))
                    : walk.ended(link, true);
        });
    }

    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        return walk.unavailable(failure);
    }
}
