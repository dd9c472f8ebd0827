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

/** Why calls fail, and whose matter it is. {@link ConsoleTexts} has the words. */
enum Cause {
    TENANT_REMOVED(Whose.MEETGATE),
    KEYS_ENDED(Whose.TENANT),
    KEY_IN_USE_AFTER_ITS_END(Whose.TENANT),
    NEVER_CONNECTED(Whose.TENANT),
    LINK_UNUSED(Whose.TENANT),
    LINK_EXPIRED(Whose.TENANT),
    LINK_DENIED(Whose.TENANT),
    LINK_FAILED(Whose.GOTO),
    LINK_FAILED_AT_MEETGATE(Whose.MEETGATE),
    LINK_NOT_FINISHED(Whose.TENANT),
    DISCONNECTED(Whose.TENANT),
    REVOKED(Whose.GOTO),
    EXPIRED(Whose.GOTO),
    OUTCOME_UNKNOWN(Whose.MEETGATE),
    SCOPE_MISSING(Whose.TENANT),
    CLIENT_REJECTED(Whose.MEETGATE),
    REFRESH_FAILS(Whose.GOTO),
    GOTO_UNAVAILABLE(Whose.GOTO),
    FORBIDDEN_BY_GOTO(Whose.GOTO),
    REJECTED_BY_GOTO(Whose.TENANT),
    RATE_LIMITED(Whose.MEETGATE),
    INVALID_REQUEST(Whose.TENANT),
    FORBIDDEN(Whose.TENANT),
    NOT_CONNECTED(Whose.TENANT),
    RECONNECT_REQUIRED(Whose.GOTO),
    MEETING_NOT_FOUND(Whose.TENANT),
    IDEMPOTENCY_CONFLICT(Whose.TENANT),
    TOO_MANY_CONNECT_LINKS(Whose.TENANT),
    UNAVAILABLE(Whose.MEETGATE),
    INTERNAL_ERROR(Whose.MEETGATE),
    WEBHOOK_OFF(Whose.TENANT),
    WEBHOOK_FAILS(Whose.TENANT),
    OTHER(Whose.TENANT);

    private final Whose whose;

    Cause(Whose whose) {
        this.whose = whose;
    }

    /** The word of it in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Whose whose() {
        return whose;
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
