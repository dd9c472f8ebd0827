package dev.meetgate.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meetgate.gotoapi.GoToCall;
import dev.meetgate.vault.Account;
import io.quarkus.rest.client.reactive.NotBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API calls that identify the user of a token, and one call that works with every user's token. */
@Path("/")
interface AccountApi {

    @GET
    @Path("admin/rest/v1/me")
    Uni<JsonNode> me(@NotBody GoToCall call);

    @GET
    @Path("identity/v1/Users/me")
    Uni<JsonNode> scimMe(@NotBody GoToCall call);

    @GET
    @Path("G2M/rest/upcomingMeetings")
    Uni<Response> upcomingMeetings(@NotBody GoToCall call);

    /** The answer of {@link #me}. Members of another shape are absent. */
    static Account ofMe(JsonNode me) {
        return new Account(
                text(me, "email"),
                text(me, "firstName"),
                text(me, "lastName"),
                text(me, "key"),
                text(me, "accountKey"));
    }

    /** Whether the answer of {@link #me} lists GoToMeeting, or does not tell. */
    static boolean hasMeetings(JsonNode me) {
        JsonNode products = me.path("products");
        return !products.isArray()
                || products.valueStream().anyMatch(product -> product.asText().equalsIgnoreCase("G2M"));
    }

    /** The answer of {@link #scimMe}. Members of another shape are absent. */
    static Account ofScimMe(JsonNode me) {
        String email = firstValue(me.path("emails"));
        JsonNode name = me.path("name");
        return new Account(
                email == null ? text(me, "userName") : email,
                text(name, "givenName"),
                text(name, "familyName"),
                text(me, "id"),
                firstValue(me.path("accounts")));
    }

    private static @Nullable String firstValue(JsonNode values) {
        return Stream.concat(Stream.of(values), values.valueStream())
                .map(value -> text(value, "value"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return value.isTextual() || value.isIntegralNumber() ? value.asText() : null;
    }
}
