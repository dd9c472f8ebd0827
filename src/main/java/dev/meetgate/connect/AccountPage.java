package dev.meetgate.connect;

import dev.meetgate.audit.UserEntries;
import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.connect.AccountPageLinks.Stored;
import dev.meetgate.pages.Application;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the account page shows, at each of its steps. */
@Singleton
class AccountPage {

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

    private final TokenVault vault;
    private final UserEntries entries;
    private final Walk walk;
    private final Tenants tenants;

    AccountPage(TokenVault vault, UserEntries entries, Walk walk, Tenants tenants) {
        this.vault = vault;
        this.entries = entries;
        this.walk = walk;
        this.tenants = tenants;
    }

    /** The first page, whose button gives the link to the browser. */
    Response door(Stored link, String action) {
        return Pages.page(Response.Status.OK, Templates.accountDoor(application(link), action));
    }

    Uni<Response> of(Stored link, String action) {
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
                                action,
                                tenant == null ? null : tenant.defaultReturnUrl()))));
    }

    private Uni<Use.@Nullable Last> lastUse(Stored link, @Nullable Connection connection) {
        return connection == null
                ? Uni.createFrom().nullItem()
                : entries.lastUse(link.user(), connection.connectedAt(), Use.actions())
                        .map(entry -> entry == null ? null : Use.Last.of(entry));
    }

    /** Asks whether to disconnect. */
    Response sure(Stored link, Connection connection, String action) {
        return Pages.page(Response.Status.OK, Templates.accountEnd(application(link), connection, action));
    }

    Response ended(Stored link, Notice notice) {
        Tenant tenant = tenants.named(link.user().tenant());
        String back = tenant == null ? null : tenant.defaultReturnUrl();
        return Pages.endedLink(Ending.of(notice)
                .in(application(link), back == null ? null : URI.create(back))
                .logged(link.user()));
    }

    private Application application(Stored link) {
        return walk.application(link.user().tenant());
    }

    Uni<@Nullable Connection> connection(Stored link) {
        return vault.connectionIfAny(link.user());
    }
}
