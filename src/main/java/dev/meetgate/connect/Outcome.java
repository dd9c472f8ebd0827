package dev.meetgate.connect;

import dev.meetgate.oauth.AuthorizationResponse;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an attempt to connect can end. The names are part of the API: they stand in the return URL. */
enum Outcome {
    CONNECTED("connected", "Your GoToMeeting account is connected."),
    ACCESS_DENIED("denied", "You chose not to connect your GoToMeeting account. Nothing was stored."),
    INVALID_REQUEST(
            "failed",
            "GoTo did not understand the request. This is not your doing; please tell the service's operator."),
    UNAUTHORIZED_CLIENT("failed", "GoTo does not let this service ask. Please tell the service's operator."),
    UNSUPPORTED_RESPONSE_TYPE(
            "failed", "GoTo does not support how this service asks. Please tell the service's operator."),
    INVALID_SCOPE("failed", "GoTo does not grant what this service asks for. Please tell the service's operator."),
    SERVER_ERROR("failed", "GoTo had an error. Please try again."),
    TEMPORARILY_UNAVAILABLE("failed", "GoTo is busy at the moment. Please try again in a few minutes."),
    WRONG_ISSUER("failed", "The answer did not come from GoTo. Nothing was stored; please begin again."),
    UNREADABLE_RESPONSE("failed", "GoTo's answer could not be read. Please begin again."),
    AUTHORIZATION_FAILED("failed", "GoTo ended the attempt. Please try again."),
    CODE_REFUSED("failed", "GoTo no longer accepts this attempt. Please begin again."),
    GOTO_UNAVAILABLE(
            "failed", "GoTo could not be reached, or did not answer in time. Please try again in a few minutes."),
    UNAVAILABLE("failed", "This service could not keep your consent. Please connect again in a few minutes."),
    SCOPE_MISSING("failed", "GoTo granted less than this service needs. Please connect again and allow all of it.");

    private final String status;
    private final String message;

    Outcome(String status, String message) {
        this.status = status;
        this.message = message;
    }

    static Outcome of(AuthorizationResponse.Refused refused) {
        return find(refused.error().replace('_', '-'), AUTHORIZATION_FAILED);
    }

    /** The outcome that a return URL tells of; anything else reads as a failure. */
    static Outcome of(@Nullable String status, @Nullable String problem) {
        if (CONNECTED.status.equals(status)) {
            return CONNECTED;
        }
        return ACCESS_DENIED.status.equals(status) ? ACCESS_DENIED : find(problem, AUTHORIZATION_FAILED);
    }

    private static Outcome find(@Nullable String code, Outcome otherwise) {
        return Arrays.stream(values())
                .filter(outcome -> outcome != CONNECTED && outcome.code().equals(code))
                .findFirst()
                .orElse(otherwise);
    }

    private String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code connected}, {@code denied} or {@code failed}. */
    String status() {
        return status;
    }

    /** What failed, where something did. */
    @Nullable
    String problem() {
        return status.equals("failed") ? code() : null;
    }

    String title() {
        return switch (status) {
            case "connected" -> "Connected";
            case "denied" -> "Not connected";
            default -> "That did not work";
        };
    }

    String message() {
        return message;
    }
}
