package dev.meetgate.upkeep;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets a scheduler have done what replicas do by themselves, for deployments that scale to zero. */
@Singleton
@Authenticated
@Tag(name = "Upkeep", description = "For schedulers, where replicas do not run all the time")
@Path("/v1/upkeep")
@Produces(MediaType.APPLICATION_JSON)
class UpkeepResource {

    /** Within what schedulers and proxies wait for an answer. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    @Schema(name = "Upkeep", description = "How far it came", requiredProperties = "finished")
    record Done(
            @Schema(description = "Whether nothing is left to do; else call again", examples = "true")
            boolean finished) {}

    private final Upkeep upkeep;

    UpkeepResource(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** For the whole deployment, whichever tenant asks; the answer says nothing of any. */
    @POST
    @Operation(
            operationId = "runUpkeep",
            summary = "Do now what is done from time to time",
            description =
                    "For the whole deployment, within 25 seconds: what has expired, unfinished revocations, keys, idle connections.")
    public Uni<Done> run() {
        return upkeep.run(LONGEST).map(Done::new);
    }
}
