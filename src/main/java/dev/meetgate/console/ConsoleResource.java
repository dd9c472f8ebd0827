package dev.meetgate.console;

import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.events.Delivery;
import dev.meetgate.events.WebhookOverview;
import dev.meetgate.http.PageLimit;
import dev.meetgate.http.RequestChoice;
import dev.meetgate.http.RequestText;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.ConnectionSearch;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The console's pages, each as HTML for people and as JSON for programs. */
@Singleton
@Authenticated
@Path("/console")
class ConsoleResource {

    /** What was looked for, as it was sent. */
    record Wanted(String tenant, String user, String email, String status) {

        /** How a link to the next page begins. */
        String next(String cursor) {
            return UriBuilder.fromPath("/console/users")
                    .queryParam("tenant", "{tenant}")
                    .queryParam("user", "{user}")
                    .queryParam("email", "{email}")
                    .queryParam("status", "{status}")
                    .queryParam("cursor", "{cursor}")
                    .build(tenant, user, email, status, cursor)
                    .toString();
        }
    }

    /** Webhooks, and the deliveries of one of them. */
    record WebhookPage(
            List<WebhookOverview.State> webhooks,
            @Nullable String tenant,
            List<Delivery> items,
            @Nullable String nextCursor) {}

    private static final String HTML = MediaType.TEXT_HTML;
    private static final int LONGEST_EMAIL = 254;

    private final Viewer viewer;
    private final FleetView fleet;
    private final ConnectionSearch search;
    private final Stories stories;
    private final Tenants tenants;
    private final WebhookOverview webhooks;

    ConsoleResource(
            Viewer viewer,
            FleetView fleet,
            ConnectionSearch search,
            Stories stories,
            Tenants tenants,
            WebhookOverview webhooks) {
        this.webhooks = webhooks;
        this.viewer = viewer;
        this.fleet = fleet;
        this.search = search;
        this.stories = stories;
        this.tenants = tenants;
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Produces(HTML)
    @Operation(hidden = true)
    public Uni<Response> fleetPage() {
        ConsoleTexts texts = viewer.texts();
        return fleet.now(viewer.ownTenant(), texts).map(now -> ConsolePages.fleet(now, texts, viewer.operator()));
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Fleet> fleet() {
        return fleet.now(viewer.ownTenant(), Translations.english());
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Path("users")
    @Produces(HTML)
    @Operation(hidden = true)
    public Uni<Response> usersPage(
            @QueryParam("tenant") @DefaultValue("") String tenant,
            @QueryParam("user") @DefaultValue("") String user,
            @QueryParam("email") @DefaultValue("") String email,
            @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        var wanted = new Wanted(tenant, user, email, status);
        return find(wanted, limit, cursor).map(found -> ConsolePages.users(wanted, names(), found, viewer.operator()));
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Path("users")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<ConnectionSearch.Result> users(
            @QueryParam("tenant") @DefaultValue("") String tenant,
            @QueryParam("user") @DefaultValue("") String user,
            @QueryParam("email") @DefaultValue("") String email,
            @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        return find(new Wanted(tenant, user, email, status), limit, cursor);
    }

    private Uni<ConnectionSearch.Result> find(Wanted wanted, String limit, String cursor) {
        var query = new ConnectionSearch.Query(
                viewer.tenant(text("tenant", wanted.tenant, User.MAX_LENGTH)),
                text("user", wanted.user, User.MAX_LENGTH),
                text("email", wanted.email, LONGEST_EMAIL),
                wanted.status.isEmpty() ? null : RequestChoice.of("status", wanted.status, Connection.Status.class));
        return search.find(query, cursor, PageLimit.of(limit));
    }

    private static @Nullable String text(String field, String text, int longest) {
        return text.isBlank() ? null : RequestText.of(field, text.strip(), longest);
    }

    private List<String> names() {
        String own = viewer.ownTenant();
        return own == null ? new ArrayList<>(tenants.names()) : List.of(own);
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Path("users/{tenant}/{user}")
    @Produces(HTML)
    @Operation(hidden = true)
    public Uni<Response> storyPage(
            @PathParam("tenant") String tenant,
            @PathParam("user") String user,
            @QueryParam("done") @Nullable String done,
            @QueryParam("code") @DefaultValue("") String code) {
        ConsoleTexts texts = viewer.texts();
        return stories.of(viewer.user(tenant, user), texts)
                .map(story -> ConsolePages.story(story, Done.of(done, code, texts), viewer.operator()));
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Path("users/{tenant}/{user}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Story> story(@PathParam("tenant") String tenant, @PathParam("user") String user) {
        return stories.of(viewer.user(tenant, user), Translations.english());
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Path("webhooks")
    @Produces(HTML)
    @Operation(hidden = true)
    public Uni<Response> webhooksPage(
            @QueryParam("tenant") @DefaultValue("") String tenant,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("done") @Nullable String done,
            @QueryParam("code") @DefaultValue("") String code) {
        ConsoleTexts texts = viewer.texts();
        return deliveries(tenant, state, limit, cursor)
                .map(page -> ConsolePages.webhooks(page, state, Done.of(done, code, texts), viewer.operator()));
    }

    @GET
    @PermissionsAllowed(Operator.SCOPE)
    @Path("webhooks")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<WebhookPage> webhooks(
            @QueryParam("tenant") @DefaultValue("") String tenant,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        return deliveries(tenant, state, limit, cursor);
    }

    private Uni<WebhookPage> deliveries(String tenant, String state, String limit, String cursor) {
        String wanted = viewer.tenant(text("tenant", tenant, User.MAX_LENGTH));
        Delivery.State inState = state.isEmpty() ? null : RequestChoice.of("state", state, Delivery.State.class);
        int size = PageLimit.of(limit);
        return webhooks.all(viewer.ownTenant()).flatMap(all -> {
            String shown = wanted == null && !all.isEmpty() ? all.get(0).tenant() : wanted;
            return shown == null
                    ? Uni.createFrom().item(new WebhookPage(all, null, List.of(), null))
                    : webhooks.deliveries(shown, inState, cursor, size)
                            .map(page -> new WebhookPage(all, shown, page.items(), page.nextCursor()));
        });
    }
}
