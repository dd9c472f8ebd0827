package dev.meetgate.audit;

import dev.meetgate.caller.Arrival;
import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.PathTemplate;
import dev.meetgate.http.RequestText;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Writes an entry for each call that reads, if so set. Without its entry, nothing that was read leaves. */
class Reads {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final boolean enabled;
    private final Audit audit;
    private final Caller caller;

    Reads(AuditConfig config, Audit audit, Caller caller) {
        this.enabled = config.auditReads();
        this.audit = audit;
        this.caller = caller;
    }

    /** Returns null if no entry is due. */
    @ServerResponseFilter
    @Nullable
    Uni<Void> write(ContainerRequestContext request, ContainerResponseContext response) {
        if (!enabled
                || !READING.contains(request.getMethod())
                || !request.getUriInfo().getPath().startsWith("/v1/")) {
            return null;
        }
        String path = PathTemplate.current();
        String code = response.getEntity() instanceof Problem problem ? problem.code() : null;
        return path.isEmpty() || ProblemType.isWithoutCaller(code)
                ? null
                : write(path, code, request.getUriInfo().getPathParameters().getFirst("user"), response);
    }

    private Uni<Void> write(
            String path, @Nullable String code, @Nullable String user, ContainerResponseContext response) {
        int status = response.getStatus();
        String named = user != null && RequestText.isFit(user, User.MAX_LENGTH) ? user : null;
        Outcome outcome = status < 400 ? Outcome.SUCCESS : status < 500 ? Outcome.REFUSED : Outcome.FAILED;
        Arrival.current().ifPresent(arrival -> arrival.attributeTo(caller));
        return audit.read(caller.tenant().name(), named, path, outcome, code)
                .onFailure()
                .recoverWithItem(failure -> {
                    Log.warnf(
                            "A read is not answered, because its audit entry could not be written: %s",
                            failure.getMessage());
                    var unavailable = Failure.Unavailable.ofAudit(failure);
                    response.setStatus(503);
                    response.setEntity(Problem.of(unavailable));
                    response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
                    response.getHeaders()
                            .putSingle(HttpHeaders.RETRY_AFTER, Failure.Unavailable.RETRY_AFTER.toSeconds());
                    return null;
                });
    }
}
