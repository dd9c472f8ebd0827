package dev.meetgate.connect;

import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.connect.AuthorizationRequests.Attempt;
import dev.meetgate.connect.Pages.WayOn;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
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
    private final TokenVault vault;
    private final FormSource formSource;
    private final Tenants tenants;
    private final PublicUrl publicUrl;

    ConnectResource(
            ConnectLinks links,
            AuthorizationRequests requests,
            AuthorizationServer authorizationServer,
            Completion completion,
            TokenVault vault,
            FormSource formSource,
            Tenants tenants,
            PublicUrl publicUrl) {
        this.links = links;
        this.requests = requests;
        this.authorizationServer = authorizationServer;
        this.completion = completion;
        this.vault = vault;
        this.formSource = formSource;
        this.tenants = tenants;
        this.publicUrl = publicUrl;
    }

    /**
     * Stores nothing, so that link previews and mail scanners do not use up the link. The cookie is set here,
     * so that both forms of a double click have it.
     */
    @GET
    @Path("connect/{link}")
    @Operation(
            operationId = "showConnectLink",
            summary = "Show the page of a connect link",
            description = "The page says who will be connected to which application, and has a button that leads to"
                    + " GoTo. It changes nothing: link previews and mail scanners do not use up the"
                    + " link.")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(
            responseCode = "404",
            description = "A page: the link is unknown, already used, in use in another browser, or expired")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> show(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        return links.find(Secret.of(link)).flatMap(found -> {
            if (found == null) {
                return Uni.createFrom().item(Pages.unknownLink());
            }
            Secret sent = AttemptCookie.read(headers, found.hash());
            if (!found.isLive() || found.isOfAnotherBrowser(sent)) {
                return ended(found);
            }
            Secret browser = sent == null ? Secret.random() : sent;
            return connection(found)
                    .map(connection ->
                            Pages.connect(displayName(found), mayDo(found), found, "/connect/" + link, connection))
                    .map(page -> withCookie(Response.fromResponse(page), found.hash(), browser, headers));
        });
    }

    /** Other sites cannot start an attempt in the browser. They do not use up the link either. */
    @POST
    @Path("connect/{link}")
    @Operation(
            operationId = "followConnectLink",
            summary = "Use a connect link",
            description = "The page's button sends this form. It sets a cookie that ties the link to this browser and"
                    + " redirects to GoTo, where the user signs in and agrees within ten minutes. The same browser"
                    + " may send it again until the link has connected the user or has expired.")
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
    @APIResponse(
            responseCode = "404",
            description = "A page: the link is unknown, already used, in use in another browser, or expired")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> begin(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        if (!formSource.isOurPage(headers)) {
            return Uni.createFrom().item(Pages.fromElsewhere());
        }
        return links.find(Secret.of(link)).flatMap(found -> {
            if (found == null) {
                return Uni.createFrom().item(Pages.unknownLink());
            }
            Secret sent = AttemptCookie.read(headers, found.hash());
            Secret browser = sent == null ? Secret.random() : sent;
            return begin(found, Buffer.buffer(browser.sha256()))
                    .map(page -> page.getStatus() == Response.Status.SEE_OTHER.getStatusCode()
                            ? withCookie(Response.fromResponse(page), found.hash(), browser, headers)
                            : page);
        });
    }

    private Uni<Response> begin(StoredLink link, Buffer browserHash) {
        return requests.begin(link, browserHash)
                .flatMap(begun -> begun == null
                        ? links.again(link).flatMap(now -> notBegun(now, browserHash))
                        : Uni.createFrom()
                                .item(Response.seeOther(authorizationServer.authorizationUri(
                                                begun.state(), begun.codeVerifier()))
                                        .build()));
    }

    private Uni<Response> notBegun(StoredLink link, Buffer browserHash) {
        return link.isLive() && browserHash.equals(link.browserHash())
                ? Uni.createFrom()
                        .item(Pages.linkTriedTooOften(
                                displayName(link), WayBack.of(link.content()).plain()))
                : ended(link);
    }

    private static Response withCookie(
            Response.ResponseBuilder page, Buffer link, Secret browser, HttpHeaders headers) {
        return page.cookie(AttemptCookie.deleteEarliest(headers, link))
                .cookie(AttemptCookie.create(link, browser))
                .build();
    }

    /** The page of a link with which no attempt of this browser can begin. */
    private Uni<Response> ended(StoredLink link) {
        String tenant = displayName(link);
        WayBack wayBack = WayBack.of(link.content());
        if (link.isLive()) {
            return Uni.createFrom().item(Pages.linkOfAnotherBrowser(tenant, wayBack.plain()));
        }
        if (!link.hasConnected()) {
            Outcome outcome = link.outcome() == Outcome.DISCONNECTED ? Outcome.DISCONNECTED : Outcome.CONNECT_EXPIRED;
            return Uni.createFrom().item(Pages.expiredLink(tenant, wayBack.toApplication(outcome)));
        }
        return connection(link)
                .map(connection -> connection == null || connection.status() != Connection.Status.CONNECTED
                        ? Pages.usedLink(tenant, wayBack.plain())
                        : Pages.alreadyConnected(tenant, connection, wayBack.toApplication(Outcome.CONNECTED)));
    }

    private Uni<@Nullable Connection> connection(StoredLink link) {
        return vault.connection(link.content().user())
                .<@Nullable Connection>map(connection -> connection)
                .onFailure(Failure.NotConnected.class)
                .recoverWithNull();
    }

    private static boolean isConnected(@Nullable Connection connection) {
        return connection != null && connection.status() == Connection.Status.CONNECTED;
    }

    /** The link stays good. */
    @POST
    @Path("connect/{link}/cancel")
    @Operation(
            operationId = "cancelConnectLink",
            summary = "Go back from the page of a connect link",
            description = "The page's second button sends this form. It goes back to the application with `status`"
                    + " `denied`, or `connected` for a user who is connected already.")
    @APIResponse(responseCode = "303", description = "Redirect to the return URL, or to `/connected` without one")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site")
    @APIResponse(
            responseCode = "404",
            description = "A page: the link is unknown, already used, in use in another browser, or expired")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> cancel(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        if (!formSource.isOurPage(headers)) {
            return Uni.createFrom().item(Pages.fromElsewhere());
        }
        return links.find(Secret.of(link)).flatMap(found -> {
            if (found == null) {
                return Uni.createFrom().item(Pages.unknownLink());
            }
            if (!found.isLive() || found.isOfAnotherBrowser(AttemptCookie.read(headers, found.hash()))) {
                return ended(found);
            }
            return connection(found)
                    .flatMap(connection ->
                            isConnected(connection) ? Uni.createFrom().item(Outcome.CONNECTED) : links.deny(found))
                    .map(outcome -> Response.seeOther(
                                    WayBack.of(found.content()).to(outcome, publicUrl))
                            .build());
        });
    }

    /** The redirect URI (RFC 6749 §4.1.2). */
    @GET
    @Path("callback")
    @Operation(
            operationId = "finishConnecting",
            summary = "Receive the user back from GoTo",
            description = "The redirect URI of the OAuth client. Exchanges the authorization code for tokens, stores"
                    + " the connection, and redirects to the return URL of the connect link with"
                    + " `status` (`connected`, `denied` or `failed`), `user`, the link's `state` and, after a"
                    + " failure, `problem`. The same callback in the same browser ends at the same place again;"
                    + " one that comes too late has the problem `connect-expired`.")
    @APIResponse(responseCode = "303", description = "Redirect to the return URL, or to `/connected` without one")
    @APIResponse(responseCode = "400", description = "A page: the attempt is unknown, or began in another browser")
    @APIResponse(
            responseCode = "503",
            description = "A page: MeetGate is not available at the moment, or GoTo has not answered yet")
    public Uni<Response> callback(UriInfo uri, HttpHeaders headers) {
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        List<String> states = query.getOrDefault("state", List.of());
        if (states.size() != 1) {
            return Uni.createFrom().item(Pages.unknownCallback(null));
        }
        return requests.find(Secret.of(states.get(0)))
                .flatMap(attempt -> callback(attempt, query, headers))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithItem(() -> Pages.unknownCallback(null));
    }

    private Uni<Response> callback(Attempt attempt, MultivaluedMap<String, String> query, HttpHeaders headers) {
        Secret browser = AttemptCookie.read(headers, attempt.cookie());
        if (browser == null) {
            return Uni.createFrom().item(unknownCallback(attempt));
        }
        return completion
                .of(attempt, browser, authorizationServer.read(query))
                .map(outcome -> outcome == null ? Pages.stillCompleting() : backTo(attempt, outcome, browser))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithItem(() -> unknownCallback(attempt));
    }

    private Response unknownCallback(Attempt attempt) {
        return Pages.unknownCallback(
                WayOn.back(attempt.wayBack().plain(), displayName(attempt.user().tenant())));
    }

    /** A browser keeps its cookie while the link may still work, and for a callback that comes again. */
    private Response backTo(Attempt attempt, Outcome outcome, Secret browser) {
        var back = Response.seeOther(attempt.wayBack().to(outcome, publicUrl));
        return outcome.isFinal() || attempt.link() == null
                ? back.cookie(AttemptCookie.forget(attempt.cookie(), browser)).build()
                : back.build();
    }

    /** Shows to the user what a return URL tells the tenant. */
    @GET
    @Path("connected")
    @Operation(
            operationId = "showOutcome",
            summary = "Show how an attempt to connect ended",
            description = "The last page for users whose connect link has no return URL. After a failure, it has a"
                    + " button to try again.")
    @APIResponse(responseCode = "200", description = "The page")
    public Response connected(
            @Parameter(description = "Outcome: `connected`, `denied` or `failed`") @QueryParam("status") @Nullable
                    String status,
            @Parameter(description = "Name of the failure") @QueryParam("problem") @Nullable String problem) {
        return Pages.outcome(Outcome.of(status, problem));
    }

    /** The cookies tell which link this browser began with. */
    @POST
    @Path("connected")
    @Operation(
            operationId = "tryAgain",
            summary = "Try to connect again",
            description = "The button of the page after a failure. Goes to GoTo again, as long as the connect link"
                    + " works that this browser began with.")
    @APIResponse(responseCode = "303", description = "Redirect to GoTo")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site")
    @APIResponse(responseCode = "404", description = "A page: the link does not work any more")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> again(HttpHeaders headers) {
        if (!formSource.isOurPage(headers)) {
            return Uni.createFrom().item(Pages.fromElsewhere());
        }
        return links.begunBy(AttemptCookie.all(headers))
                .flatMap(link -> link == null
                        ? Uni.createFrom().item(Pages.unknownLink())
                        : begin(link, Objects.requireNonNull(link.browserHash())));
    }

    /** Users get a page instead of a problem. */
    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        Log.warnf("Connecting failed at one step: %s", failure.getMessage());
        return Pages.ourFault(Failure.Unavailable.RETRY_AFTER);
    }

    private String displayName(StoredLink link) {
        return displayName(link.content().user().tenant());
    }

    private String displayName(String tenantName) {
        Tenant tenant = tenants.named(tenantName);
        return tenant == null ? tenantName : tenant.displayName();
    }

    private List<String> mayDo(StoredLink link) {
        return Permissions.of(tenants.scopes(link.content().user().tenant()));
    }
}
