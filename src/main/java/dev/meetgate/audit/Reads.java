package dev.meetgate.audit;

import dev.meetgate.caller.Arrival;
import dev.meetgate.caller.Caller;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import io.smallrye.common.vertx.ContextLocals;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Writes an entry for each call that reads, if so set. Without its entry, nothing that was read leaves. */
class Reads {

    private static final Set<String> WITHOUT_CALLER =
            Set.of(ProblemType.UNAUTHENTICATED.code(), ProblemType.TOO_MANY_ATTEMPTS.code());

    private final boolean enabled;
    private final Audit audit;
    private final Caller caller;

    Reads(AuditConfig config, Audit audit, Caller caller) {
        this.enabled = config.auditReads();
        this.audit = audit;
        this.caller = caller;
    }

    @ServerResponseFilter
    void write(ContainerRequestContext request, ContainerResponseContext response) {
        if (enabled) {
            write((ResteasyReactiveContainerRequestContext) request, response);
        }
    }

    private void write(ResteasyReactiveContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals(HttpMethod.GET)
                || !request.getUriInfo().getPath().startsWith("/v1/")) {
            return;
        }
        String code = response.getEntity() instanceof Problem problem ? problem.code() : null;
        String path = ContextLocals.<String>get("UrlPathTemplate").orElse(null);
        if (path == null || WITHOUT_CALLER.contains(String.valueOf(code))) {
            return;
        }
        Outcome outcome = response.getStatus() < 400
                ? Outcome.SUCCESS
                : response.getStatus() < 500 ? Outcome.REFUSED : Outcome.FAILED;
        String user = request.getUriInfo().getPathParameters().getFirst("user");
        Arrival.current().ifPresent(arrival -> arrival.isOf(caller));
        request.suspend();
        audit.write(caller.tenant().name(), user, Action.READ, path, outcome, code)
                .subscribe()
                .with(written -> request.resume(), failure -> {
                    var unavailable = new Failure.Unavailable("MeetGate cannot write its audit at the moment.");
                    response.setEntity(Problem.of(unavailable));
                    response.setStatus(503);
                    request.resume();
                });
    }
}
