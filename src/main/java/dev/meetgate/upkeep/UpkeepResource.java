package dev.meetgate.upkeep;

import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets a scheduler run the upkeep, for deployments that scale to zero. */
@Singleton
@Authenticated
@Tag(name = "Upkeep", description = "For schedulers of deployments that scale to zero")
@Path("/v1/upkeep")
@Produces(MediaType.APPLICATION_JSON)
class UpkeepResource {

    /** Shorter than the timeouts of schedulers and proxies. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    @Schema(name = "Upkeep", description = "Result of a round of upkeep", requiredProperties = "finished")
    record Done(
            @Schema(description = "Whether all work is done. If `false`, call again", examples = "true")
            boolean finished) {}

    private final Upkeep upkeep;

    UpkeepResource(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** Runs for all tenants. The answer contains no tenant's data. */
    @POST
    @PermissionsAllowed("operate")
    @SecurityRequirement(name = "apiKey", scopes = "operate")
    @Operation(
            operationId = "runUpkeep",
            summary = "Run a round of upkeep",
            description = "Sends events that are due, chains the audit, deletes what has expired, retries"
                    + " revocations, renews the encryption after a change of keys and refreshes idle connections, for"
                    + " the whole deployment. Replicas that are running do this about once a minute by themselves."
                    + " A call joins a round that its replica is running: what has become due since that began may"
                    + " be left to the next one."
                    + " Answers within 30 seconds.")
    public Uni<Done> run() {
        return upkeep.run(LONGEST).map(Done::new);
    }
}
