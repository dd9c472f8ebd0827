package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.pages.Application;
import dev.meetgate.pages.Applications;
import dev.meetgate.pages.SupportCode;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pages of the consent walk share: the way to GoTo, and the pages of links that have ended. */
@Singleton
class Walk {

    private final ConnectLinks links;
    private final AuthorizationRequests requests;
    private final AuthorizationServer authorizationServer;
    private final TokenVault vault;
    private final Accounts accounts;
    private final Tenants tenants;
    private final Applications applications;

    Walk(
            ConnectLinks links,
            AuthorizationRequests requests,
            AuthorizationServer authorizationServer,
            TokenVault vault,
            Accounts accounts,
            Tenants tenants,
            Applications applications) {
        this.links = links;
        this.requests = requests;
        this.authorizationServer = authorizationServer;
        this.vault = vault;
        this.accounts = accounts;
        this.tenants = tenants;
        this.applications = applications;
    }

    /** Goes to GoTo, or shows why not. */
    Uni<Response> begin(StoredLink link, Buffer browserHash) {
        return requests.begin(link, browserHash).flatMap(begun -> {
            if (begun == null) {
                return links.again(link).flatMap(now -> notBegun(now, browserHash.equals(now.browserHash())));
            }
            URI goTo = authorizationServer.authorizationUri(begun.state(), begun.codeVerifier());
            return Uni.createFrom().item(Response.seeOther(goTo).build());
        });
    }

    private Uni<Response> notBegun(StoredLink link, boolean isOfThisBrowser) {
        if (link.isLive() && isOfThisBrowser) {
            URI back = WayBack.of(link.content()).plain();
            return Uni.createFrom().item(ending(link, Notice.LINK_WORN, back));
        }
        return ended(link, isOfThisBrowser);
    }

    /** The page of a link that can begin no attempt. Another browser learns nothing about the person. */
    Uni<Response> ended(StoredLink link, boolean isOfThisBrowser) {
        WayBack wayBack = WayBack.of(link.content());
        if (link.isLive()) {
            return Uni.createFrom().item(ending(link, Notice.LINK_ELSEWHERE, wayBack.plain()));
        }
        if (link.hasConnected()) {
            return connection(link).map(connection -> connected(link, connection, isOfThisBrowser));
        }
        Outcome outcome = link.outcome() == Outcome.DISCONNECTED ? Outcome.DISCONNECTED : Outcome.CONNECT_EXPIRED;
        boolean mayBeThePerson = isOfThisBrowser || !link.hasBegun();
        URI back = mayBeThePerson ? wayBack.toApplication(outcome) : wayBack.plain();
        return Uni.createFrom().item(ending(link, Notice.LINK_EXPIRED, back));
    }

    private Response connected(StoredLink link, @Nullable Connection connection, boolean isOfThisBrowser) {
        WayBack wayBack = WayBack.of(link.content());
        if (connection == null || connection.status() != Connection.Status.CONNECTED) {
            return ending(link, Notice.LINK_USED, wayBack.plain());
        }
        return isOfThisBrowser
                ? Pages.alreadyConnected(application(link), connection, wayBack.toApplication(Outcome.CONNECTED))
                : Pages.alreadyConnected(application(link), null, wayBack.plain());
    }

    /** The page of an earlier attempt: a link has the code of its newest attempt alone. */
    Uni<Response> replaced(HttpHeaders headers) {
        return links.begunBy(AttemptCookie.all(headers)).map(link -> {
            if (link == null
                    || link.outcome() != Outcome.PENDING
                    || link.content().codeChallenge() != null) {
                return Pages.unknownLink();
            }
            return ending(link, Notice.PAGE_REPLACED, WayBack.of(link.content()).plain());
        });
    }

    Response ending(StoredLink link, Notice notice, @Nullable URI back) {
        return Pages.endedLink(Ending.of(notice)
                .in(application(link), back)
                .logged(link.content().user()));
    }

    /** The page of an outcome, for the browser that began. */
    Uni<Response> outcome(Outcome outcome, StoredLink link) {
        User user = link.content().user();
        Ending ending = Ending.of(outcome)
                .in(application(link), WayBack.of(link.content()).toApplication(outcome))
                .logged(user);
        if (!outcome.isGood()) {
            return Uni.createFrom().item(Pages.outcome(ending));
        }
        return connection(link).flatMap(connection -> accounts.isLicensed(user)
                .map(licensed -> licensed
                        ? ending
                        : Ending.of(Notice.NO_LICENCE)
                                .in(application(link), null)
                                .logged(user))
                .map(page -> Pages.outcome(page.as(connection))));
    }

    Uni<@Nullable Connection> connection(StoredLink link) {
        return vault.connectionIfAny(link.content().user());
    }

    /** Users get a page instead of a problem. */
    Response unavailable(Failure.Unavailable failure) {
        var code = SupportCode.of(Notice.UNAVAILABLE.code());
        Log.warnf("Connecting failed at one step: %s Code: %s", failure.getMessage(), code);
        return Pages.ourFault(Failure.Unavailable.RETRY_AFTER, code);
    }

    Application application(StoredLink link) {
        return application(link.content().user().tenant());
    }

    Application application(String tenantName) {
        return applications.of(tenantName);
    }

    List<Permission> mayDo(StoredLink link) {
        return Permission.of(tenants.scopes(link.content().user().tenant(), Instant.now()));
    }
}
