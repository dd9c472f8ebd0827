package dev.meetgate.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The demo page's own API: gives it the demo tenant's key, and expires or revokes tokens at the sandbox. */
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
        return control("/control/expire");
    }

    @POST
    @Path("revoke")
    public Uni<Void> revoke() {
        return control("/control/revoke");
    }

    private Uni<Void> control(String path) {
        if (sandboxUrl == null) {
            throw new NotFoundException();
        }
        var request = HttpRequest.newBuilder(URI.create(sandboxUrl + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return Uni.createFrom()
                .completionStage(() -> http.sendAsync(request, BodyHandlers.discarding()))
                .replaceWithVoid();
    }
}
