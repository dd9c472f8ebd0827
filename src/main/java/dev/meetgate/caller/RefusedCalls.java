package dev.meetgate.caller;

import static dev.meetgate.problem.ProblemType.FORBIDDEN_BY_GOTO;
import static dev.meetgate.problem.ProblemType.GOTO_UNAVAILABLE;
import static dev.meetgate.problem.ProblemType.MEETING_NOT_FOUND;
import static dev.meetgate.problem.ProblemType.RECONNECT_REQUIRED;
import static dev.meetgate.problem.ProblemType.REJECTED_BY_GOTO;

import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import io.smallrye.common.vertx.ContextLocals;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Writes a line for each call that GoTo refused, with the {@code instance} of the problem. */
class RefusedCalls {

    private static final Set<String> REFUSALS = Stream.of(
                    RECONNECT_REQUIRED, REJECTED_BY_GOTO, FORBIDDEN_BY_GOTO, MEETING_NOT_FOUND, GOTO_UNAVAILABLE)
            .map(ProblemType::code)
            .collect(Collectors.toSet());

    private final Caller caller;

    RefusedCalls(Caller caller) {
        this.caller = caller;
    }

    @ServerResponseFilter
    void log(ContainerRequestContext request, ContainerResponseContext response) {
        String user = request.getUriInfo().getPathParameters().getFirst("user");
        if (user != null && response.getEntity() instanceof Problem problem && REFUSALS.contains(problem.code())) {
            MDC.put("instance", problem.instance().toString());
            try {
                UserLog.info(
                        new User(caller.tenant().name(), user),
                        "Refused %s %s as %s%s, problem %s"
                                .formatted(
                                        request.getMethod(),
                                        ContextLocals.get("UrlPathTemplate", ""),
                                        problem.code(),
                                        atGoTo(problem),
                                        problem.instance()));
            } finally {
                MDC.remove("instance");
            }
        }
    }

    private static String atGoTo(Problem problem) {
        if (problem.gotoStatus() == null) {
            return "";
        }
        return problem.gotoCode() == null
                ? " (status %d)".formatted(problem.gotoStatus())
                : " (status %d, %s)".formatted(problem.gotoStatus(), problem.gotoCode());
    }
}
