package dev.meetgate.connect;

import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.connect.AuthorizationRequests.Consumed;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The steps of the user's browser: the connect page, the redirect to GoTo, the callback, and the return. */
@Singleton
@Path("/")
@Tag(name = "Pages", description = "Pages for the user's browser; not for services")
class ConnectResource {

    private final ConnectLinks links;
    private final AuthorizationRequests requests;
    private final AuthorizationServer authorizationServer;
    private final Completion completion;
    private final FormSource formSource;
    private final Tenants tenants;
    private final PublicUrl publicUrl;

    ConnectResource(
            ConnectLinks links,
            AuthorizationRequests requests,
            AuthorizationServer authorizationServer,
            Completion completion,
            FormSource formSource,
            Tenants tenants,
            PublicUrl publicUrl) {
        this.links = links;
        this.requests = requests;
        this.authorizationServer = authorizationServer;
        this.completion = completion;
        this.formSource = formSource;
        this.tenants = tenants;
        this.publicUrl = publicUrl;
    }

    /** Changes nothing, so that link previews and mail scanners do not use up the link. */
    @GET
    @Path("connect/{link}")
    @Operation(
            operationId = "showConnectLink",
            summary = "Show the page of a connect link",
            description = "The page says who will be connected to which application, and has a button that leads to"
                    + " GoTo. It changes nothing: link previews and mail scanners do not use up the"
                    + " link.")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "404", description = "A page: the link is unknown, already used or expired")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> show(@Parameter(description = "Secret of the link") @PathParam("link") String link) {
        return links.find(Secret.of(link))
                .map(found ->
                        Pages.connect(displayName(found.user().tenant()), found.displayName(), "/connect/" + link))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithItem(Pages::unknownLink);
    }

    /** Other sites cannot start an attempt in the browser. They do not use up the link either. */
    @POST
    @Path("connect/{link}")
    @Operation(
            operationId = "followConnectLink",
            summary = "Use a connect link",
            description = "The page's button sends this form. It uses up the link, sets a cookie that ties the"
                    + " attempt to this browser and redirects to GoTo, where the user signs in and"
                    + " agrees within ten minutes.")
    @Parameter(
            name = "Sec-Fetch-Site",
            in = ParameterIn.HEADER,
            description = "Set by browsers: which site sends the form",
            schema = @Schema(implementation = String.class))
    @Parameter(
            name = "Origin",
            in = ParameterIn.HEADER,
            description = "Set by browsers that do not set `Sec-Fetch-Site`: which site sends the form",
            schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "303", description = "Redirect to GoTo")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site. The link stays good")
    @APIResponse(responseCode = "404", description = "A page: the link is unknown, already used or expired")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> begin(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        if (!formSource.isOurPage(headers)) {
            return Uni.createFrom().item(Pages.fromElsewhere());
        }
        return links.consume(Secret.of(link))
                .flatMap(requests::begin)
                .map(begun -> Response.seeOther(
                                authorizationServer.authorizationUri(begun.state(), begun.codeVerifier()))
                        .cookie(AttemptCookie.deleteEarliest(headers))
                        .cookie(AttemptCookie.create(begun.state(), begun.browser()))
                        .build())
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithItem(Pages::unknownLink);
    }

    /** The redirect URI (RFC 6749 §4.1.2). */
    @GET
    @Path("callback")
    @Operation(
            operationId = "finishConnecting",
            summary = "Receive the user back from GoTo",
            description = "The redirect URI of the OAuth client. Exchanges the authorization code for tokens, stores"
                    + " the connection, and redirects to the return URL of the connect link with"
                    + " `status` (`connected`, `denied` or `failed`), `user` and, after a failure,"
                    + " `problem`.")
    @APIResponse(responseCode = "303", description = "Redirect to the return URL, or to `/connected` without one")
    @APIResponse(
            responseCode = "400",
            description = "A page: the attempt is unknown, already used, expired, or began in another browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> callback(UriInfo uri, HttpHeaders headers) {
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        List<String> states = query.getOrDefault("state", List.of());
        if (states.size() != 1) {
            return Uni.createFrom().item(Pages.unknownCallback());
        }
        Secret state = Secret.of(states.get(0));
        Secret browser = AttemptCookie.read(headers, state);
        if (browser == null) {
            return Uni.createFrom().item(Pages.unknownCallback());
        }
        return requests.consume(state, browser)
                .flatMap(request -> completion
                        .of(request, authorizationServer.read(query))
                        .map(outcome -> Response.seeOther(backTo(request, outcome))
                                .cookie(AttemptCookie.delete(state))
                                .build()))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithItem(Pages::unknownCallback);
    }

    /** Shows to the user what a return URL tells the tenant. */
    @GET
    @Path("connected")
    @Operation(
            operationId = "showOutcome",
            summary = "Show how an attempt to connect ended",
            description = "The last page for users whose connect link has no return URL.")
    @APIResponse(responseCode = "200", description = "The page")
    public Response connected(
            @Parameter(description = "Outcome: `connected`, `denied` or `failed`") @QueryParam("status") @Nullable
                    String status,
            @Parameter(description = "Name of the failure") @QueryParam("problem") @Nullable String problem) {
        return Pages.outcome(Outcome.of(status, problem));
    }

    /** Users get a page instead of a problem. */
    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        Log.warnf("Connecting failed at one step: %s", failure.getMessage());
        return Pages.ourFault(Failure.Unavailable.RETRY_AFTER);
    }

    private URI backTo(Consumed request, Outcome outcome) {
        String returnUrl = request.returnUrl();
        var target = returnUrl == null ? UriBuilder.fromUri(publicUrl.of("/connected")) : UriBuilder.fromUri(returnUrl);
        target.queryParam("status", outcome.status());
        if (returnUrl != null) {
            target.queryParam("user", "{user}");
        }
        if (outcome.problem() != null) {
            target.queryParam("problem", outcome.problem());
        }
        return target.build(request.user().id());
    }

    private String displayName(String tenantName) {
        Tenant tenant = tenants.named(tenantName);
        return tenant == null ? tenantName : tenant.displayName();
    }
}
