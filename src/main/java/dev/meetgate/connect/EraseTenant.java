package dev.meetgate.connect;

import dev.meetgate.events.RemovedTenantEvents;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.RemovedTenants;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** The operator's command {@code erase-tenant}: a process that does this alone and ends. */
@Singleton
class EraseTenant {

    private final RemovedTenants removed;
    private final ConnectLinks links;
    private final AuthorizationRequests requests;
    private final AccountPageLinks pageLinks;
    private final RemovedTenantEvents events;
    private final Event<TenantErased> erased;

    EraseTenant(
            RemovedTenants removed,
            ConnectLinks links,
            AuthorizationRequests requests,
            AccountPageLinks pageLinks,
            RemovedTenantEvents events,
            Event<TenantErased> erased) {
        this.removed = removed;
        this.links = links;
        this.requests = requests;
        this.pageLinks = pageLinks;
        this.events = events;
        this.erased = erased;
    }

    /** After the schema check, and before this process would do anything else. */
    void run(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER - 1) StartupEvent start,
            @CommandLineArguments String[] arguments) {
        if (arguments.length != 2 || !arguments[0].equals("erase-tenant")) {
            return;
        }
        try {
            String tenant = removed.checked(arguments[1]);
            // This thread is the main one. The process does nothing else.
            int ways = waysIn(tenant).await().indefinitely();
            int users = removed.erase(tenant).await().indefinitely();
            // The end of a connection is an event too.
            int told = events.deleteAll(tenant).await().indefinitely();
            erased.fire(new TenantErased(tenant));
            if (users + ways + told == 0) {
                throw new IllegalArgumentException(
                        "No tenant %s has connections, links or events. Names are in small letters.".formatted(tenant));
            }
            Log.infof("Erased the connections of %d users of the tenant %s, its links and its events.", users, tenant);
            Quarkus.asyncExit(0);
        } catch (Failure | IllegalArgumentException mistake) {
            Log.error(mistake.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    /** Deletes the links before the attempts. A person who is at GoTo meanwhile connects nothing. */
    private Uni<Integer> waysIn(String tenant) {
        return links.deleteAll(tenant)
                .flatMap(deleted -> requests.deleteAll(tenant).map(more -> deleted + more))
                .flatMap(deleted -> pageLinks.deleteAll(tenant).map(more -> deleted + more));
    }
}
