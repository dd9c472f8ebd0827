package dev.meetgate.console;

import dev.meetgate.account.Accounts;
import dev.meetgate.audit.Action;
import dev.meetgate.audit.Audit;
import dev.meetgate.audit.Outcome;
import dev.meetgate.caller.Arrival;
import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.connect.Disconnecting;
import dev.meetgate.events.WebhookOverview;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.http.RequestText;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.reactive.Detached;
import dev.meetgate.vault.Connection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What operators do: forms of the console's pages, each with an entry in the audit. */
@Singleton
@RolesAllowed(Operator.ROLE)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Path("/console")
class ActionResource {

    private static final int LONGEST_EVENT = 40;

    private final Caller caller;
    private final Forms forms;
    private final Viewer viewer;
    private final Audit audit;
    private final Accounts accounts;
    private final Disconnecting disconnecting;
    private final WebhookOverview webhooks;
    private final PublicUrl publicUrl;
    private final Detached detached;

    ActionResource(
            Caller caller,
            Forms forms,
            Viewer viewer,
            Audit audit,
            Accounts accounts,
            Disconnecting disconnecting,
            WebhookOverview webhooks,
            PublicUrl publicUrl,
            Detached detached) {
        this.caller = caller;
        this.forms = forms;
        this.viewer = viewer;
        this.audit = audit;
        this.accounts = accounts;
        this.disconnecting = disconnecting;
        this.webhooks = webhooks;
        this.publicUrl = publicUrl;
        this.detached = detached;
    }

    @POST
    @Path("users/{tenant}/{user}/check")
    @Operation(hidden = true)
    public Uni<Response> check(
            @PathParam("tenant") String tenant, @PathParam("user") String user, byte[] body, HttpHeaders headers) {
        read(body, headers);
        User known = viewer.user(tenant, user);
        // An answer of GoTo is what the operator asked for, also if it is a refusal.
        return recorded(audit.begin(known, Action.CONSOLE_CHECK, null), Outcome.SUCCESS, () -> accounts.check(known)
                        .map(ActionResource::code))
                .map(code -> story(known, "check", code));
    }

    private static String code(Connection connection) {
        return connection.status() == Connection.Status.CONNECTED ? "" : ProblemType.RECONNECT_REQUIRED.code();
    }

    /** The erasure of a connection writes an entry of its own. */
    @POST
    @Path("users/{tenant}/{user}/disconnect")
    @Operation(hidden = true)
    public Uni<Response> disconnect(
            @PathParam("tenant") String tenant, @PathParam("user") String user, byte[] body, HttpHeaders headers) {
        read(body, headers);
        User known = viewer.user(tenant, user);
        return recorded(audit.begin(known, Action.CONSOLE_DISCONNECT, null), Outcome.REFUSED, () -> disconnecting
                        .of(known)
                        .replaceWith(""))
                .map(code -> story(known, "disconnect", code));
    }

    @POST
    @Path("webhooks/{tenant}/redeliver")
    @Operation(hidden = true)
    public Uni<Response> redeliver(@PathParam("tenant") String tenant, byte[] body, HttpHeaders headers) {
        String event = read(body, headers).text("event");
        RequestText.of("tenant", tenant, User.MAX_LENGTH);
        if (event == null || !RequestText.isFit(event, LONGEST_EVENT)) {
            throw new Failure.InvalidRequest("event", "event must be the id of an event.");
        }
        return recorded(
                        audit.begin(tenant, null, Action.CONSOLE_REDELIVER, event),
                        Outcome.REFUSED,
                        () -> webhooks.sendAgain(tenant, event).replaceWith(""))
                .map(code -> done("/console/webhooks?tenant=%s&".formatted(Texts.segment(tenant)), "redeliver", code));
    }

    private Form read(byte[] body, HttpHeaders headers) {
        Form form = forms.read(body, headers);
        Arrival.current().ifPresent(arrival -> arrival.attributeTo(caller));
        return form;
    }

    /**
     * The code of the problem, or an empty text. What has begun is finished and recorded, even if the
     * operator leaves.
     *
     * @param refused the outcome if the action was answered with a problem that is not MeetGate's or GoTo's
     *     error
     */
    private Uni<String> recorded(Uni<Audit.Entry> begun, Outcome refused, Supplier<Uni<String>> action) {
        return begun.flatMap(entry -> detached.of(() -> Uni.createFrom()
                .deferred(action::get)
                .onFailure(Failure.class)
                .recoverWithItem(failure -> failure.type().code())
                .call(code -> entry.end(outcome(code, refused), code.isEmpty() ? null : code))));
    }

    private static Outcome outcome(String code, Outcome refused) {
        if (code.isEmpty()) {
            return Outcome.SUCCESS;
        }
        ProblemType type = Cause.problem(code).orElse(ProblemType.INTERNAL_ERROR);
        if (type == ProblemType.RATE_LIMITED) {
            return Outcome.REFUSED;
        }
        if (type == ProblemType.UNAVAILABLE) {
            // The database may have executed what it did not answer.
            return Outcome.UNKNOWN;
        }
        return type.status() >= 500 ? Outcome.FAILED : refused;
    }

    private Response story(User user, String action, String code) {
        String page = "/console/users/%s/%s?".formatted(Texts.segment(user.tenant()), Texts.segment(user.id()));
        return done(page, action, code);
    }

    private Response done(String page, String action, String code) {
        return Response.seeOther(publicUrl.of("%sdone=%s&code=%s".formatted(page, action, code)))
                .build();
    }
}
