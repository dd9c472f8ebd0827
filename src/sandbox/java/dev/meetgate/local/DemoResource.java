package dev.meetgate.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.ZoneOffset;
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
            @Nullable String carefulKey,
            boolean console,
            boolean sandbox,
            @Nullable String sandboxUrl) {}

    /** Attempts end ten minutes after they began. */
    private static final String PASS = """
            update authorization_request set expires_at = now() - interval '1 second'
             where tenant = $1 and user_id = $2 and expires_at > $3
            """;

    private final @Nullable String sandboxUrl;
    private final @Nullable String carefulKey;
    private final boolean console;
    private final Vertx vertx;
    private final Pool pool;
    private final HttpClient http = HttpClient.newHttpClient();

    DemoResource(
            @ConfigProperty(name = LocalSurroundings.SANDBOX_URL) Optional<String> sandboxUrl,
            @ConfigProperty(name = "meetgate.tenants.careful.confirm", defaultValue = "false") boolean careful,
            @ConfigProperty(name = "meetgate.console.open", defaultValue = "false") boolean console,
            Vertx vertx,
            Pool pool) {
        this.carefulKey = careful ? LocalSurroundings.CAREFUL_KEY : null;
        this.console = console;
        this.vertx = vertx;
        this.pool = pool;
        this.sandboxUrl = sandboxUrl.orElse(null);
    }

    @GET
    public Demo demo() {
        return new Demo(LocalSurroundings.API_KEY, "demo", carefulKey, console, sandboxUrl != null, sandboxUrl);
    }

    /** The body names the account. */
    @POST
    @Path("{trouble: expire|revoke}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Void> cause(@PathParam("trouble") String trouble, String account) {
        return control("POST", "/control/" + trouble, account).replaceWithVoid();
    }

    @GET
    @Path("events")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> events() {
        return control("GET", "/control/events", "");
    }

    @POST
    @Path("{endpoint: webhook|api}/fail")
    public Uni<Void> fail(@PathParam("endpoint") String endpoint) {
        String fault = "{\"endpoint\": \"%s\", \"kind\": \"STATUS\", \"status\": %d, \"times\": 0}"
                .formatted(endpoint, endpoint.equals("api") ? 503 : 500);
        return control("POST", "/control/faults", fault).replaceWithVoid();
    }

    @POST
    @Path("{endpoint: webhook|api}/mend")
    public Uni<Void> mend(@PathParam("endpoint") String endpoint) {
        return control("DELETE", "/control/faults", "{\"endpoint\": \"%s\"}".formatted(endpoint))
                .replaceWithVoid();
    }

    /** Lets the ten minutes of the user's next attempt pass as soon as it begins. */
    @POST
    @Path("late/{user}")
    public void late(@PathParam("user") String user) {
        Instant asked = Instant.now();
        vertx.setPeriodic(250, timer -> {
            if (asked.plusSeconds(120).isBefore(Instant.now())) {
                vertx.cancelTimer(timer);
                return;
            }
            pool.preparedQuery(PASS)
                    .execute(Tuple.of("demo", user, asked.plusSeconds(9 * 60).atOffset(ZoneOffset.UTC)))
                    .subscribe()
                    .with(
                            passed -> {
                                if (passed.rowCount() > 0) {
                                    vertx.cancelTimer(timer);
                                }
                            },
                            failure -> vertx.cancelTimer(timer));
        });
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
