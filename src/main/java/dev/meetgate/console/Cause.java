package dev.meetgate.console;

import dev.meetgate.events.EventType;
import dev.meetgate.events.UserEvents;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.vault.Connection;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why calls fail: whose matter it is, what has happened, and the next step. */
enum Cause {
    TENANT_REMOVED(
            Whose.MEETGATE,
            "The tenant has no settings, so nobody can call for it.",
            "Set the tenant up again, or erase its connections with the command erase-tenant."),
    KEYS_ENDED(
            Whose.TENANT,
            "Every API key of the tenant has reached its end, so each of its calls is answered 401.",
            "Give the tenant a new key, and set its SHA-256 and its end in MeetGate's settings."),
    KEY_IN_USE_AFTER_ITS_END(
            Whose.TENANT,
            "The tenant calls with an API key that has reached its end. Those calls are answered 401, for every user.",
            "The tenant takes its newer key. Without one, set a later end or a new key in MeetGate's settings."),
    NEVER_CONNECTED(
            Whose.TENANT,
            "The user has never connected a GoTo account, and no connect link was made.",
            "The tenant makes a connect link for the user and opens it in the user's browser."),
    LINK_UNUSED(
            Whose.TENANT,
            "A connect link was made, and the user has not finished with it.",
            "Ask the user to open the link and to agree at GoTo. A link lives 15 minutes; the tenant makes a new one."),
    LINK_EXPIRED(
            Whose.TENANT,
            "A connect link expired before the user had connected.",
            "The tenant makes a new connect link. It should be opened at once, not sent by mail."),
    LINK_DENIED(
            Whose.TENANT, "The user did not agree at GoTo.", "Ask the user to connect again and to allow the access."),
    LINK_FAILED(
            Whose.GOTO,
            "The last attempt to connect failed.",
            "Ask the user to connect again. The problem beside the attempt says at which step it failed."),
    LINK_FAILED_AT_MEETGATE(
            Whose.MEETGATE,
            "The last attempt to connect failed: GoTo refused what MeetGate asked for, or MeetGate could not store the"
                    + " answer.",
            "The problem beside the attempt says which. Check GOTO_CLIENT_ID, GOTO_SCOPES and the redirect URI at GoTo,"
                    + " or the database. Then ask the user to connect again."),
    LINK_NOT_FINISHED(
            Whose.TENANT,
            "The user agreed at GoTo, but the attempt was not finished in time.",
            "The tenant makes a new connect link, and finishes the attempt where it is the one to do so."),
    DISCONNECTED(
            Whose.TENANT,
            "The connection was ended on purpose. The tokens were erased.",
            "If the user shall be connected again, the tenant makes a new connect link."),
    REVOKED(
            Whose.GOTO,
            "GoTo no longer accepts the connection: the user or an administrator has withdrawn the access, or the"
                    + " password was changed.",
            "The user connects again, with the connectUrl of the 409 or a new connect link."),
    EXPIRED(
            Whose.GOTO,
            "The access token has expired, and GoTo gave no refresh token with it.",
            "The user connects again. If that repeats, check in GoTo's registration of the client that it may refresh."),
    OUTCOME_UNKNOWN(
            Whose.MEETGATE,
            "The answer to a refresh was lost, by a crash or in the network, and GoTo no longer accepts the old"
                    + " refresh token.",
            "The user connects again. Look in the log for a replica that was killed or cut off at that time."),
    SCOPE_MISSING(
            Whose.TENANT,
            "The user granted less access than GOTO_SCOPES asks for.",
            "The user connects again and allows everything. If GoTo offers less, GOTO_SCOPES asks for too much."),
    CLIENT_REJECTED(
            Whose.MEETGATE,
            "GoTo does not accept MeetGate's client id or client secret, so no token can be refreshed. Nobody has to"
                    + " connect again.",
            "Correct GOTO_CLIENT_ID and GOTO_CLIENT_SECRET. Connections work again by themselves."),
    REFRESH_FAILS(
            Whose.GOTO,
            "GoTo's authorization server answers the refreshes of this connection with errors. It is asked again by"
                    + " itself.",
            "Wait. If it lasts while others work, ask the user to connect again, and tell GoTo's support."),
    GOTO_UNAVAILABLE(
            Whose.GOTO,
            "GoTo is down, slow, or answers nonsense. Connections stay as they are.",
            "Wait, and look at GoTo's status page. If GoTo is well, check MeetGate's way out (HTTPS_PROXY, firewall)."),
    FORBIDDEN_BY_GOTO(
            Whose.GOTO,
            "GoTo knows the account but does not let it do this: it has no licence for meetings, not the role, or not"
                    + " the scope.",
            "The administrator of the GoTo account gives the user a licence. Connecting again does not help."),
    REJECTED_BY_GOTO(
            Whose.TENANT,
            "GoTo refused the values of the request. The connection works.",
            "The tenant corrects the values. The field and GoTo's code, where they are known, say which."),
    RATE_LIMITED(
            Whose.MEETGATE,
            "More calls came than GoTo allows in a second, and the caller's time would have passed in the queue.",
            "The tenant repeats the call after Retry-After and spreads its calls. If GoTo grants the client more,"
                    + " raise GOTO_REQUESTS_PER_SECOND."),
    INVALID_REQUEST(
            Whose.TENANT,
            "The request was malformed, and MeetGate did not send it to GoTo.",
            "The tenant corrects the request. The problem of its answer names the field."),
    FORBIDDEN(
            Whose.TENANT,
            "The tenant's credential lacks the scope of this operation, or is tied to another user.",
            "Use another credential, or add the scope in MeetGate's settings."),
    NOT_CONNECTED(
            Whose.TENANT,
            "The user had no connection when the call came.",
            "The tenant makes a connect link for the user."),
    RECONNECT_REQUIRED(
            Whose.GOTO,
            "GoTo no longer accepted the connection when the call came.",
            "The user connects again, with the connectUrl of the answer."),
    MEETING_NOT_FOUND(
            Whose.TENANT,
            "GoTo does not know the meeting, or it belongs to another user.",
            "The tenant checks the id and the user."),
    IDEMPOTENCY_CONFLICT(
            Whose.TENANT,
            "The same Idempotency-Key was in use, or was used with another body.",
            "The tenant waits for the first answer, or takes a new key for a new meeting."),
    TOO_MANY_CONNECT_LINKS(
            Whose.TENANT,
            "Too many connect links of the user or of the tenant are valid.",
            "The tenant makes a link only when the user asks for it."),
    UNAVAILABLE(
            Whose.MEETGATE,
            "MeetGate could not use its database.",
            "Check PostgreSQL, its connections, and the way to it."),
    INTERNAL_ERROR(
            Whose.MEETGATE,
            "MeetGate has an error of its own.",
            "Look in the log for the request id, and report the error."),
    WEBHOOK_OFF(
            Whose.TENANT,
            "The tenant's webhook is switched off, because its receiver answered 410 or failed for days.",
            "The tenant mends its receiver. Then send the events again on the page of webhooks."),
    WEBHOOK_FAILS(
            Whose.TENANT,
            "The tenant's receiver does not take the event. It is tried again after a pause.",
            "The tenant mends its receiver. The status or the problem says what it answered."),
    OTHER(Whose.TENANT, "The call was refused.", "Look up the code in the table of problems.");

    private final Whose whose;
    private final String happened;
    private final String next;

    Cause(Whose whose, String happened, String next) {
        this.whose = whose;
        this.happened = happened;
        this.next = next;
    }

    /** The word of it in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Whose whose() {
        return whose;
    }

    public String happened() {
        return happened;
    }

    public String next() {
        return next;
    }

    /** The cause of an answered problem. */
    static Cause of(String code, @Nullable String detail) {
        if (AuthorizationServer.CLIENT_REJECTED.equals(detail)) {
            return CLIENT_REJECTED;
        }
        return Arrays.stream(values())
                .filter(cause -> cause.code().equals(code))
                .findFirst()
                .orElse(OTHER);
    }

    /** Why a connect link has connected nobody. Null for events of another type. */
    static @Nullable Cause of(UserEvents.Told event) {
        if (event.type().equals(EventType.CONNECT_LINK_DENIED.type())) {
            return LINK_DENIED;
        }
        if (event.type().equals(EventType.CONNECT_LINK_EXPIRED.type())) {
            return LINK_EXPIRED;
        }
        return event.type().equals(EventType.CONNECT_LINK_FAILED.type()) ? ofFailedLink(event.problem()) : null;
    }

    private static Cause ofFailedLink(@Nullable String problem) {
        return switch (problem == null ? "" : problem) {
            case "scope-missing" -> SCOPE_MISSING;
            case "disconnected" -> DISCONNECTED;
            case "not-finished", "connect-expired" -> LINK_NOT_FINISHED;
            case "unauthorized-client",
                    "invalid-request",
                    "unsupported-response-type",
                    "invalid-scope",
                    "unavailable" -> LINK_FAILED_AT_MEETGATE;
            default -> LINK_FAILED;
        };
    }

    static Cause of(Connection.@Nullable Reason reason) {
        return reason == null ? RECONNECT_REQUIRED : valueOf(reason.name());
    }

    /** Whether it concerns this request, and others of the user may work. */
    boolean isOfOneRequest() {
        return switch (this) {
            case REJECTED_BY_GOTO,
                    INVALID_REQUEST,
                    FORBIDDEN,
                    MEETING_NOT_FOUND,
                    IDEMPOTENCY_CONFLICT,
                    TOO_MANY_CONNECT_LINKS,
                    OTHER -> true;
            default -> false;
        };
    }

    /** Whether it passes by itself, soon. */
    boolean passes() {
        return switch (this) {
            case GOTO_UNAVAILABLE, RATE_LIMITED, UNAVAILABLE -> true;
            default -> false;
        };
    }

    /** Whether new tokens prove that it is over. */
    boolean endsWithARefresh() {
        return switch (this) {
            case CLIENT_REJECTED, GOTO_UNAVAILABLE, UNAVAILABLE, NOT_CONNECTED, RECONNECT_REQUIRED -> true;
            default -> false;
        };
    }

    static Optional<ProblemType> problem(String code) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.code().equals(code))
                .findFirst();
    }
}
