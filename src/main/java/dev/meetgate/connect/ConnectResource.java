package dev.meetgate.connect;

import dev.meetgate.caller.UserLog;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Connection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The connect page with its buttons: to GoTo, or back. */
@Singleton
@Path("/connect/{link}")
@Tag(name = "Pages", description = "Pages for the user's browser; not for services")
class ConnectResource {

    private final ConnectLinks links;
    private final PendingEnds ends;
    private final Walk walk;
    private final FormSource formSource;
    private final PublicUrl publicUrl;

    ConnectResource(ConnectLinks links, PendingEnds ends, Walk walk, FormSource formSource, PublicUrl publicUrl) {
        this.links = links;
        this.ends = ends;
        this.walk = walk;
        this.formSource = formSource;
        this.publicUrl = publicUrl;
    }

    /**
     * Stores nothing, so that link previews and mail scanners do not use up the link. The cookie is set here,
     * so that both forms of a double click have it.
     */
    @GET
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
        return withLink(link, found -> {
            Secret sent = AttemptCookie.read(headers, found.hash());
            if (!found.isLive() || found.isOfAnotherBrowser(sent)) {
                return walk.ended(found, found.isOfThisBrowser(sent));
            }
            Secret browser = AttemptCookie.browser(headers, found.hash());
            return walk.connection(found)
                    .map(connection -> Pages.connect(
                            walk.application(found),
                            walk.mayDo(found),
                            found,
                            "/connect/" + link,
                            connection,
                            connection == null ? null : connection.account().email()))
                    .map(page -> AttemptCookie.addTo(page, headers, found.hash(), browser));
        });
    }

    /** Other sites cannot start an attempt in the browser. They do not use up the link either. */
    @POST
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
        return formSource.answer(headers, () -> withLink(link, found -> begin(found, headers)));
    }

    private Uni<Response> begin(StoredLink link, HttpHeaders headers) {
        Secret browser = AttemptCookie.browser(headers, link.hash());
        return walk.begin(link, Buffer.buffer(browser.sha256()))
                .map(page -> page.getStatus() == Response.Status.SEE_OTHER.getStatusCode()
                        ? AttemptCookie.addTo(page, headers, link.hash(), browser)
                        : page);
    }

    /** The link stays good. */
    @POST
    @Path("cancel")
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
        return formSource.answer(headers, () -> withLink(link, found -> cancel(found, headers)));
    }

    private Uni<Response> cancel(StoredLink link, HttpHeaders headers) {
        Secret browser = AttemptCookie.read(headers, link.hash());
        if (!link.isLive() || link.isOfAnotherBrowser(browser)) {
            return walk.ended(link, link.isOfThisBrowser(browser));
        }
        return ends.deny(link)
                .flatMap(denied -> denied ? Uni.createFrom().item(Outcome.ACCESS_DENIED) : cancelled(link))
                .invoke(outcome ->
                        UserLog.info(link.content().user(), "Went back from the connect page: " + outcome.title()))
                .map(outcome -> WayBack.of(link.content()).to(outcome, publicUrl))
                .map(back -> Response.seeOther(back).build());
    }

    private Uni<Outcome> cancelled(StoredLink link) {
        return walk.connection(link)
                .flatMap(connection -> isConnected(connection) ? links.keep(link) : links.deny(link));
    }

    private static boolean isConnected(@Nullable Connection connection) {
        return connection != null && connection.status() == Connection.Status.CONNECTED;
    }

    /** For a browser that looks again at what the form answered. */
    @GET
    @Path("cancel")
    @Operation(
            operationId = "showConnectLinkAgain",
            summary = "Show the page of a connect link again",
            description = "Redirects to the page of the link. A browser comes here when it opens the address of the"
                    + " second button's form.")
    @APIResponse(responseCode = "303", description = "Redirect to the page of the link")
    public Response showAgain(@Parameter(description = "Secret of the link") @PathParam("link") String link) {
        return Response.seeOther(WayBack.toPage("/connect", link, publicUrl)).build();
    }

    private Uni<Response> withLink(String link, Function<StoredLink, Uni<Response>> answer) {
        return links.find(Secret.of(link))
                .flatMap(found -> found == null ? Uni.createFrom().item(Pages.unknownLink()) : answer.apply(found));
    }

    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        return walk.unavailable(failure);
    }
}
