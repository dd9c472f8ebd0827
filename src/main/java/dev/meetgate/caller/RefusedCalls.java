package dev.meetgate.caller;

import static dev.meetgate.problem.ProblemType.FORBIDDEN;
import static dev.meetgate.problem.ProblemType.FORBIDDEN_BY_GOTO;
import static dev.meetgate.problem.ProblemType.GOTO_UNAVAILABLE;
import static dev.meetgate.problem.ProblemType.MEETING_NOT_FOUND;
import static dev.meetgate.problem.ProblemType.RECONNECT_REQUIRED;
import static dev.meetgate.problem.ProblemType.REJECTED_BY_GOTO;

import dev.meetgate.http.PathTemplate;
import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes a line to the log for each call that GoTo has refused, and for each call that its credential does
 * not allow. The line has the {@code instance} of the problem.
 */
class RefusedCalls {

    private static final Set<String> REFUSALS = Stream.of(
                    RECONNECT_REQUIRED, REJECTED_BY_GOTO, FORBIDDEN_BY_GOTO, MEETING_NOT_FOUND, GOTO_UNAVAILABLE)
            .map(ProblemType::code)
            .collect(Collectors.toSet());

    private final Caller caller;
    private final ForbiddenCalls forbidden;

    RefusedCalls(Caller caller, ForbiddenCalls forbidden) {
        this.caller = caller;
        this.forbidden = forbidden;
    }

    @ServerResponseFilter
    void log(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Problem problem)) {
            return;
        }
        String operation = request.getMethod() + " " + PathTemplate.current();
        if (problem.code().equals(FORBIDDEN.code()) && operation.contains(" /v1/")) {
            forbidden.log(operation, caller.tenant().name(), caller.actor(), problem);
            return;
        }
        // A request that no method matched has no path parameters.
        String user = REFUSALS.contains(problem.code())
                ? request.getUriInfo().getPathParameters().getFirst("user")
                : null;
        if (user != null) {
            MDC.put("instance", problem.instance().toString());
            try {
                UserLog.info(
                        new User(caller.tenant().name(), user),
                        "Refused %s as %s%s, problem %s"
                                .formatted(operation, problem.code(), atGoTo(problem), problem.instance()));
            } finally {
                MDC.remove("instance");
            }
        }
    }

    private static String atGoTo(Problem problem) {
        String answer = problem.atGoTo();
        return answer == null ? "" : " (%s)".formatted(answer);
    }
}
