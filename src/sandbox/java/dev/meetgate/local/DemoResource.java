package dev.meetgate.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The demo page's own API: gives it the demo tenant's key, and what the page does and sees at the sandbox.
 */
@Singleton
@Path("/demo")
public class DemoResource {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Demo(
            String apiKey,
            String tenant,
            boolean sandbox,
            @Nullable String sandboxUrl) {}

    private final @Nullable String sandboxUrl;
    private final HttpClient http = HttpClient.newHttpClient();

    DemoResource(@ConfigProperty(name = LocalSurroundings.SANDBOX_URL) Optional<String> sandboxUrl) {
        this.sandboxUrl = sandboxUrl.orElse(null);
    }

    @GET
    public Demo demo() {
        return new Demo(LocalSurroundings.API_KEY, "demo", sandboxUrl != null, sandboxUrl);
    }

    @POST
    @Path("expire")
    public Uni<Void> expire() {
        return control("POST", "/control/expire", "{}").replaceWithVoid();
    }

    @POST
    @Path("revoke")
    public Uni<Void> revoke() {
        return control("POST", "/control/revoke", "{}").replaceWithVoid();
    }

    @GET
    @Path("events")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> events() {
        return control("GET", "/control/events", "");
    }

    @POST
    @Path("receiver/fail")
    public Uni<Void> failReceiver() {
        return control(
                        "POST",
                        "/control/faults",
                        "{\"endpoint\": \"webhook\", \"kind\": \"STATUS\", \"status\": 500, \"times\": 0}")
                .replaceWithVoid();
    }

    @POST
    @Path("receiver/mend")
    public Uni<Void> mendReceiver() {
        return control("DELETE", "/control/faults", "{}").replaceWithVoid();
    }

    private Uni<String> control(String method, String path, String body) {
        if (sandboxUrl == null) {
            throw new NotFoundException();
        }
        var request = HttpRequest.newBuilder(URI.create(sandboxUrl + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return Uni.createFrom()
                .completionStage(() -> http.sendAsync(request, BodyHandlers.ofString()))
                .map(HttpResponse::body);
    }
}
