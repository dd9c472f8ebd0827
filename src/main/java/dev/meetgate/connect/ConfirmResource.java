package dev.meetgate.connect;

import dev.meetgate.http.PublicUrl;
import dev.meetgate.pages.Application;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Consents;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The page after GoTo that asks the person once more, where the tenant's settings want it. */
@Singleton
@Path("/connect/confirm/{code}")
@Tag(ref = "Pages")
class ConfirmResource {

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance confirm(
                Application application, String user, @Nullable String account, boolean connected, String action);
    }

    private final PendingWalks pending;
    private final Finishing finishing;
    private final Consents consents;
    private final Walk walk;
    private final FormSource formSource;
    private final PublicUrl publicUrl;

    ConfirmResource(
            PendingWalks pending,
            Finishing finishing,
            Consents consents,
            Walk walk,
            FormSource formSource,
            PublicUrl publicUrl) {
        this.pending = pending;
        this.finishing = finishing;
        this.consents = consents;
        this.walk = walk;
        this.formSource = formSource;
        this.publicUrl = publicUrl;
    }

    @GET
    @Operation(
            operationId = "showConfirmation",
            summary = "Ask the person once more",
            description = "For tenants whose settings want it. The page names the GoTo account and the user, and has"
                    + " two buttons. It works for ten minutes, in the browser that went to GoTo.")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "303", description = "Redirect to where the walk has ended")
    @APIResponse(responseCode = "404", description = "A page: nothing waits, or not for this browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> show(
            @Parameter(description = "One-time code of the walk") @PathParam("code") String code, HttpHeaders headers) {
        return ofBrowser(code, headers, this::page);
    }

    private Uni<Response> page(PendingWalk waiting) {
        StoredLink link = waiting.link();
        return consents.pendingEmail(waiting.user(), link.hash()).flatMap(email -> walk.connection(link)
                .map(connection -> Pages.page(
                        Response.Status.OK,
                        Templates.confirm(
                                walk.application(link),
                                link.content().displayName(),
                                email,
                                connection != null,
                                WayBack.toConfirm(waiting.code(), publicUrl).getPath()))));
    }

    @POST
    @Operation(
            operationId = "confirmConnection",
            summary = "Confirm that this account is to be connected",
            description = "The page's first button sends this form. It makes the connection.")
    @APIResponse(responseCode = "303", description = "Redirect to the return URL, or to `/connected` without one")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site")
    @APIResponse(responseCode = "404", description = "A page: nothing waits, or not for this browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> confirm(
            @Parameter(description = "One-time code of the walk") @PathParam("code") String code, HttpHeaders headers) {
        return submitted(code, headers, finishing::complete);
    }

    @POST
    @Path("deny")
    @Operation(
            operationId = "denyConnection",
            summary = "Say that this account is not to be connected",
            description = "The page's second button sends this form. The consent is revoked at GoTo.")
    @APIResponse(responseCode = "303", description = "Redirect to the return URL, or to `/connected` without one")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site")
    @APIResponse(responseCode = "404", description = "A page: nothing waits, or not for this browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> deny(
            @Parameter(description = "One-time code of the walk") @PathParam("code") String code, HttpHeaders headers) {
        return submitted(code, headers, finishing::deny);
    }

    /** For a browser that looks again at what the form answered. */
    @GET
    @Path("deny")
    @Operation(
            operationId = "showConfirmationAgain",
            summary = "Show the confirmation again",
            description = "Redirects to the page that asks. A browser comes here when it opens the address of the"
                    + " second button's form.")
    @APIResponse(responseCode = "303", description = "Redirect to the page that asks")
    public Response showAgain(@Parameter(description = "One-time code of the walk") @PathParam("code") String code) {
        return Response.seeOther(WayBack.toPage("/connect/confirm", code, publicUrl))
                .build();
    }

    private Uni<Response> submitted(String code, HttpHeaders headers, Function<PendingWalk, Uni<Outcome>> answer) {
        return formSource.answer(
                headers,
                () -> ofBrowser(code, headers, waiting -> answer.apply(waiting).map(outcome -> end(waiting, outcome))));
    }

    /** A walk that has ended is not asked about again. */
    private Uni<Response> ofBrowser(String code, HttpHeaders headers, Function<PendingWalk, Uni<Response>> answer) {
        return pending.find(Secret.of(code)).flatMap(waiting -> {
            if (waiting == null || waiting.link().content().codeChallenge() != null) {
                return walk.replaced(headers);
            }
            StoredLink link = waiting.link();
            if (link.isOfAnotherBrowser(AttemptCookie.read(headers, link.hash()))) {
                return Uni.createFrom()
                        .item(walk.ending(
                                link,
                                Notice.LINK_ELSEWHERE,
                                WayBack.of(link.content()).plain()));
            }
            if (waiting.isOpen() && !link.hasConnected()) {
                return answer.apply(waiting);
            }
            return finishing.ended(waiting).map(outcome -> end(waiting, outcome));
        });
    }

    private Response end(PendingWalk waiting, Outcome outcome) {
        return Response.seeOther(WayBack.of(waiting.link().content()).to(outcome, publicUrl))
                .build();
    }

    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        return walk.unavailable(failure);
    }
}
