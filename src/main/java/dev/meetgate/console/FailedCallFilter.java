package dev.meetgate.console;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.http.PathTemplate;
import dev.meetgate.http.RequestText;
import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Notes each call for a user that failed, where the console is on. */
class FailedCallFilter {

    private static final int ERROR = 400;
    private static final String CALLS = "/v1/users/";

    /** Names of ours. Others may be made up by a caller. */
    static final Set<String> FIELDS = Set.of(
            "subject",
            "startTime",
            "endTime",
            "type",
            "audio",
            "passwordRequired",
            "coorganizers",
            "returnUrl",
            "displayName",
            "state",
            "codeChallenge",
            "code",
            "codeVerifier",
            "from",
            "to",
            "meetingId",
            "session",
            "sessionId",
            "organizer",
            "organizerKey",
            "groupKey",
            "path",
            "query",
            "limit",
            "cursor",
            "Idempotency-Key",
            "If-Match",
            "Request-Timeout",
            "body");

    private final boolean isOn;
    private final SecurityIdentity identity;
    private final Caller caller;
    private final FailedCalls failedCalls;

    FailedCallFilter(ConsoleConfig config, SecurityIdentity identity, Caller caller, FailedCalls failedCalls) {
        this.isOn = config.isOn();
        this.identity = identity;
        this.caller = caller;
        this.failedCalls = failedCalls;
    }

    @ServerResponseFilter
    void note(ContainerRequestContext request, ContainerResponseContext response) {
        if (!isOn || response.getStatus() < ERROR || !(response.getEntity() instanceof Problem problem)) {
            return;
        }
        String path = PathTemplate.current();
        // A request that no method matched has no path parameters.
        if (!path.startsWith(CALLS)) {
            return;
        }
        String user = request.getUriInfo().getPathParameters().getFirst("user");
        if (user == null
                || !RequestText.isFit(user, User.MAX_LENGTH)
                || ProblemType.isWithoutCaller(problem.code())
                || identity.isAnonymous()
                || isARegularAnswer(request, path, problem)) {
            return;
        }
        var kind = new FailedCalls.Kind(
                new User(caller.tenant().name(), user), request.getMethod() + " " + path, problem.code());
        failedCalls.note(
                kind,
                new FailedCalls.Last(Origin.current().requestId(), detail(problem), problem.atGoTo(), field(problem)));
    }

    /** Applications ask with it whether a user is connected. */
    private static boolean isARegularAnswer(ContainerRequestContext request, String path, Problem problem) {
        return problem.code().equals(ProblemType.NOT_CONNECTED.code())
                && request.getMethod().equals("GET")
                && path.equals(CALLS + "{user}/connection");
    }

    /** MeetGate's own words. Those about a request may quote it. */
    private static @Nullable String detail(Problem problem) {
        return problem.code().equals(ProblemType.GOTO_UNAVAILABLE.code()) ? problem.detail() : null;
    }

    private static @Nullable String field(Problem problem) {
        return problem.field() != null && FIELDS.contains(problem.field()) ? problem.field() : null;
    }
}
