package dev.meetgate.connect;

import dev.meetgate.connect.AccountPageLinks.Stored;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
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

/** The page that shows a person which GoTo account is connected to what, and disconnects it. */
@Singleton
@Path("/account/{link}")
@Tag(ref = "Pages")
class AccountPageResource {

    private final AccountPageLinks links;
    private final Disconnecting disconnecting;
    private final AccountPage page;
    private final Walk walk;
    private final FormSource formSource;
    private final PublicUrl publicUrl;

    AccountPageResource(
            AccountPageLinks links,
            Disconnecting disconnecting,
            AccountPage page,
            Walk walk,
            FormSource formSource,
            PublicUrl publicUrl) {
        this.links = links;
        this.disconnecting = disconnecting;
        this.page = page;
        this.walk = walk;
        this.formSource = formSource;
        this.publicUrl = publicUrl;
    }

    @GET
    @Operation(
            operationId = "showAccountPage",
            summary = "Show a person the connection",
            description = "Shows one button until a browser has pressed it. From then on, only that browser sees"
                    + " the connection. Changes nothing: link previews and mail scanners neither use up the link nor"
                    + " see the account.")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "404", description = "A page: the link is unknown, expired, or of another browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> show(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        return ofBrowser(
                link,
                headers,
                found -> found.isOpen()
                        ? page.of(found, path(link))
                        : Uni.createFrom()
                                .item(AttemptCookie.addTo(
                                        page.door(found, path(link)),
                                        headers,
                                        found.hash(),
                                        AttemptCookie.browser(headers, found.hash()))));
    }

    @POST
    @Operation(
            operationId = "openAccountPage",
            summary = "Open the page of the connection",
            description = "The first page's button sends this form. The link belongs to this browser then, and the"
                    + " audit has an entry.")
    @APIResponse(responseCode = "303", description = "Redirect to the page")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site")
    @APIResponse(responseCode = "404", description = "A page: the link is unknown, expired, or of another browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> open(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        return submitted(link, headers, found -> {
            Secret browser = AttemptCookie.browser(headers, found.hash());
            return links.open(found, browser)
                    .map(opened -> AttemptCookie.addTo(back(link), headers, found.hash(), browser));
        });
    }

    @GET
    @Path("disconnect")
    @Operation(
            operationId = "showDisconnection",
            summary = "Ask whether to disconnect",
            description = "Asks the person to confirm the disconnection.")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "303", description = "Redirect to the first page: the browser has not opened it")
    @APIResponse(responseCode = "404", description = "A page: the link is unknown, expired, or of another browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> ask(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        return ofBrowser(
                link,
                headers,
                found -> found.isOpen()
                        ? page.connection(found)
                                .map(connection -> connection == null || found.hasDisconnected()
                                        ? back(link)
                                        : page.sure(found, connection, path(link)))
                        : Uni.createFrom().item(back(link)));
    }

    @POST
    @Path("disconnect")
    @Operation(
            operationId = "disconnectAsPerson",
            summary = "Disconnect",
            description = "The confirmation's button sends this form. As `DELETE /v1/users/{user}/connection`.")
    @APIResponse(responseCode = "303", description = "Redirect to the page, which says so")
    @APIResponse(responseCode = "403", description = "A page: the form came from another site")
    @APIResponse(responseCode = "404", description = "A page: the link is unknown, expired, or of another browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> disconnect(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        return submitted(
                link,
                headers,
                found -> found.isOpen() && !found.hasDisconnected()
                        ? disconnecting
                                .of(found.user())
                                .flatMap(done -> links.noteDisconnected(found))
                                .map(noted -> back(link))
                        : Uni.createFrom().item(back(link)));
    }

    private Uni<Response> submitted(String link, HttpHeaders headers, Function<Stored, Uni<Response>> answer) {
        return formSource.answer(headers, () -> ofBrowser(link, headers, answer));
    }

    private Uni<Response> ofBrowser(String link, HttpHeaders headers, Function<Stored, Uni<Response>> answer) {
        return links.find(Secret.of(link)).flatMap(found -> {
            if (found == null) {
                return Uni.createFrom().item(Pages.unknownLink());
            }
            if (!found.isLive()) {
                return Uni.createFrom().item(page.ended(found, Notice.PAGE_EXPIRED));
            }
            return found.isOpen() && !found.isOf(AttemptCookie.read(headers, found.hash()))
                    ? Uni.createFrom().item(page.ended(found, Notice.PAGE_ELSEWHERE))
                    : answer.apply(found);
        });
    }

    private Response back(String link) {
        return Response.seeOther(publicUrl.of(path(link))).build();
    }

    /** The link was found, so it has no odd characters. */
    private static String path(String link) {
        return "/account/" + link;
    }

    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        return walk.unavailable(failure);
    }
}
