package dev.meetgate.meetings;

import dev.meetgate.vault.GoToClients;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** One client of each part of GoTo's API, with its connections, for all who call it. */
@Singleton
class GoToApis {

    private final GoToClients clients;

    GoToApis(GoToClients clients) {
        this.clients = clients;
    }

    @Produces
    @Singleton
    GoToMeetingApi meetings() {
        return clients.of(GoToMeetingApi.class);
    }

    @Produces
    @Singleton
    GoToOrganizationApi organization() {
        return clients.of(GoToOrganizationApi.class);
    }
}
