package dev.meetgate.connect;

import dev.meetgate.audit.UserEntries;
import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.connect.AccountPageLinks.Stored;
import dev.meetgate.connect.Pages.Ending;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.pages.Application;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
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
import java.net.URI;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The page that shows a person which GoTo account is connected to what, and disconnects it. */
@Singleton
@Path("/account/{link}")
@Tag(ref = "Pages")
class AccountPageResource {

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance accountDoor(Application application, String action);

        static native TemplateInstance account(
                Application application,
                @Nullable Connection connection,
                Use.@Nullable Moment since,
                Use.@Nullable Last last,
                boolean disconnected,
                String action,
                @Nullable String back);

        static native TemplateInstance accountEnd(
                Application application, @Nullable Connection connection, String action);
    }

    private final AccountPageLinks links;
    private final Disconnecting disconnecting;
    private final TokenVault vault;
    private final UserEntries entries;
    private final Walk walk;
    private final Tenants tenants;
    private final FormSource formSource;
    private final PublicUrl publicUrl;

    AccountPageResource(
            AccountPageLinks links,
            Disconnecting disconnecting,
            TokenVault vault,
            UserEntries entries,
            Walk walk,
            Tenants tenants,
            FormSource formSource,
            PublicUrl publicUrl) {
        this.links = links;
        this.disconnecting = disconnecting;
        this.vault = vault;
        this.entries = entries;
        this.walk = walk;
        this.tenants = tenants;
        this.formSource = formSource;
        this.publicUrl = publicUrl;
    }

    @GET
    @Operation(
            operationId = "showAccountPage",
            summary = "Show a person the connection",
            description = "A page with one button, until a browser has opened it with that button; then, for that"
                    + " browser alone, the page of the connection. Changes nothing: link previews and mail scanners"
                    + " neither use up the link nor see the account.")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "404", description = "A page: the link is unknown, expired, or of another browser")
    @APIResponse(responseCode = "503", description = "A page: MeetGate is not available at the moment")
    public Uni<Response> show(
            @Parameter(description = "Secret of the link") @PathParam("link") String link, HttpHeaders headers) {
        return ofBrowser(
                link,
                headers,
                found -> found.isOpen()
                        ? page(found, link)
                        : Uni.createFrom()
                                .item(Response.fromResponse(Pages.page(
                                                Response.Status.OK,
                                                Templates.accountDoor(application(found), path(link))))
                                        .cookie(AttemptCookie.deleteEarliest(headers, found.hash()))
                                        .cookie(AttemptCookie.create(found.hash(), browser(found, headers)))
                                        .build()));
    }

    private static Secret browser(Stored link, HttpHeaders headers) {
        Secret sent = AttemptCookie.read(headers, link.hash());
        return sent == null ? Secret.random() : sent;
    }

    private Uni<Response> page(Stored link, String secret) {
        Tenant tenant = tenants.named(link.user().tenant());
        return connection(link).flatMap(connection -> lastUse(link, connection)
                .map(last -> Pages.page(
                        Response.Status.OK,
                        Templates.account(
                                application(link),
                                connection,
                                connection == null ? null : new Use.Moment(connection.connectedAt()),
                                last,
                                link.hasDisconnected(),
                                path(secret),
                                tenant == null ? null : tenant.defaultReturnUrl()))));
    }

    private Uni<Use.@Nullable Last> lastUse(Stored link, @Nullable Connection connection) {
        return connection == null
                ? Uni.createFrom().nullItem()
                : entries.lastUse(link.user(), connection.connectedAt(), Use.actions())
                        .map(entry -> entry == null ? null : Use.Last.of(entry));
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
            Secret browser = browser(found, headers);
            return links.open(found, browser).map(opened -> Response.seeOther(publicUrl.of(path(link)))
                    .cookie(AttemptCookie.deleteEarliest(headers, found.hash()))
                    .cookie(AttemptCookie.create(found.hash(), browser))
                    .build());
        });
    }

    @GET
    @Path("disconnect")
    @Operation(
            operationId = "showDisconnection",
            summary = "Ask whether to disconnect",
            description = "The page that confirms what the button of the page of the connection would do.")
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
                        ? connection(found)
                                .map(connection -> connection == null || found.hasDisconnected()
                                        ? back(link)
                                        : Pages.page(
                                                Response.Status.OK,
                                                Templates.accountEnd(application(found), connection, path(link))))
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
        return formSource.isOurPage(headers)
                ? ofBrowser(link, headers, answer)
                : Uni.createFrom().item(Pages.fromElsewhere());
    }

    private Uni<Response> ofBrowser(String link, HttpHeaders headers, Function<Stored, Uni<Response>> answer) {
        return links.find(Secret.of(link)).flatMap(found -> {
            if (found == null) {
                return Uni.createFrom().item(Pages.unknownLink());
            }
            if (!found.isLive()) {
                return Uni.createFrom().item(ended(found, Notice.PAGE_EXPIRED));
            }
            return found.isOpen() && !found.isOf(AttemptCookie.read(headers, found.hash()))
                    ? Uni.createFrom().item(ended(found, Notice.PAGE_ELSEWHERE))
                    : answer.apply(found);
        });
    }

    private Response ended(Stored link, Notice notice) {
        Tenant tenant = tenants.named(link.user().tenant());
        String back = tenant == null ? null : tenant.defaultReturnUrl();
        return Pages.endedLink(Ending.of(notice)
                .in(application(link), back == null ? null : URI.create(back))
                .logged(link.user()));
    }

    private Application application(Stored link) {
        return walk.application(link.user().tenant());
    }

    private Uni<@Nullable Connection> connection(Stored link) {
        return vault.connection(link.user())
                .<@Nullable Connection>map(connection -> connection)
                .onFailure(Failure.NotConnected.class)
                .recoverWithNull();
    }

    private Response back(String link) {
        return Response.seeOther(publicUrl.of(path(link))).build();
    }

    /** The link was found, so it has no odd characters. */
    private static String path(String link) {
        return "/account/" + link;
    }

    /** Users get a page instead of a problem. */
    @ServerExceptionMapper
    public Response answer(Failure.Unavailable failure) {
        return walk.unavailable(failure);
    }
}
