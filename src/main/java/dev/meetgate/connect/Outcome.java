package dev.meetgate.connect;

import dev.meetgate.oauth.AuthorizationResponse;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt to connect. The return URL contains the names, so they are part of the API. */
enum Outcome {
    CONNECTED("connected", "Your GoToMeeting account is connected."),
    ACCESS_DENIED("denied", "You did not allow access to your GoToMeeting account. Nothing was stored."),
    INVALID_REQUEST(
            "failed", "GoTo rejected the request. You cannot solve this; please tell the application's support."),
    UNAUTHORIZED_CLIENT("failed", "GoTo does not know this application. Please tell the application's support."),
    UNSUPPORTED_RESPONSE_TYPE(
            "failed",
            "GoTo does not support the request of this application. Please tell the" + " application's support."),
    INVALID_SCOPE("failed", "GoTo does not grant what this application needs. Please tell the application's support."),
    SERVER_ERROR("failed", "GoTo had an error. Please try again."),
    TEMPORARILY_UNAVAILABLE("failed", "GoTo is busy at the moment. Please try again in a few minutes."),
    WRONG_ISSUER("failed", "The answer did not come from GoTo. Nothing was stored. Please start again."),
    UNREADABLE_RESPONSE("failed", "GoTo's answer could not be read. Please start again."),
    AUTHORIZATION_FAILED("failed", "GoTo stopped the attempt. Please try again."),
    CODE_REFUSED("failed", "GoTo no longer accepts this attempt. Please start again."),
    GOTO_UNAVAILABLE(
            "failed", "GoTo could not be reached, or did not answer in time. Please try again in a few minutes."),
    UNAVAILABLE("failed", "Your consent could not be stored. Please connect again in a few minutes."),
    SCOPE_MISSING(
            "failed",
            "You granted less access than this application needs. Please connect again and allow everything.");

    private final String status;
    private final String message;

    Outcome(String status, String message) {
        this.status = status;
        this.message = message;
    }

    static Outcome of(AuthorizationResponse.Refused refused) {
        return find(refused.error().replace('_', '-'), AUTHORIZATION_FAILED);
    }

    /** The outcome in a return URL. Unknown values count as failures. */
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

    String status() {
        return status;
    }

    /** The code of the failure, or null if there is none. */
    @Nullable
    String problem() {
        return status.equals("failed") ? code() : null;
    }

    String title() {
        return switch (status) {
            case "connected" -> "Connected";
            case "denied" -> "Not connected";
            default -> "Connecting failed";
        };
    }

    String message() {
        return message;
    }
}
