package dev.meetgate.connect;

import dev.meetgate.vault.Upkeep;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Lets a scheduler have done what replicas do by themselves, for deployments that scale to zero. */
@Singleton
@Authenticated
@SecurityRequirement(name = "apiKey")
@Path("/v1/upkeep")
@Produces(MediaType.APPLICATION_JSON)
class UpkeepResource {

    /** Within what schedulers and proxies wait for an answer. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    /** @param finished whether nothing is left to do; else call again */
    record Done(boolean finished) {}

    private final Upkeep upkeep;

    UpkeepResource(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** For the whole deployment, whichever tenant asks; the answer says nothing of any. */
    @POST
    public Uni<Done> run() {
        return upkeep.run(LONGEST).map(Done::new);
    }
}
