package dev.meetgate.account;

import dev.meetgate.gotoapi.GoToCall;
import dev.meetgate.vault.Account;
import io.quarkus.rest.client.reactive.NotBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API calls that identify the user of a token, and one call that works with every user's token. */
@Path("/")
interface AccountApi {

    @GET
    @Path("admin/rest/v1/me")
    Uni<WireMe> me(@NotBody GoToCall call);

    @GET
    @Path("identity/v1/Users/me")
    Uni<WireScimUser> scimMe(@NotBody GoToCall call);

    @GET
    @Path("G2M/rest/upcomingMeetings")
    Uni<Response> upcomingMeetings(@NotBody GoToCall call);

    record WireMe(
            @Nullable String key,
            @Nullable String accountKey,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName) {

        Account toAccount() {
            return new Account(email, firstName, lastName, key, accountKey);
        }
    }

    record WireScimUser(
            @Nullable String id,
            @Nullable String userName,
            @Nullable WireName name,
            @Nullable List<WireValue> emails,
            @Nullable List<WireValue> accounts) {

        Account toAccount() {
            String email = first(emails);
            return new Account(
                    email == null ? userName : email,
                    name == null ? null : name.givenName,
                    name == null ? null : name.familyName,
                    id,
                    first(accounts));
        }

        private static @Nullable String first(@Nullable List<WireValue> values) {
            return values == null || values.isEmpty() ? null : values.get(0).value;
        }
    }

    record WireName(@Nullable String givenName, @Nullable String familyName) {}

    record WireValue(@Nullable String value) {}
}
