package dev.meetgate.connect;

import dev.meetgate.oauth.AuthorizationResponse;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt to connect. The return URL contains the names, so they are part of the API. */
enum Outcome {
    CONNECTED(Status.CONNECTED, "Your GoToMeeting account is connected."),
    ACCESS_DENIED(Status.DENIED, "You did not allow access to your GoToMeeting account, so nothing was connected."),
    INVALID_REQUEST(
            Status.FAILED, "GoTo rejected the request. You cannot solve this; please tell the application's support."),
    UNAUTHORIZED_CLIENT(Status.FAILED, "GoTo does not know this application. Please tell the application's support."),
    UNSUPPORTED_RESPONSE_TYPE(
            Status.FAILED,
            "GoTo does not support the request of this application. Please tell the application's support."),
    INVALID_SCOPE(
            Status.FAILED, "GoTo does not grant what this application needs. Please tell the application's support."),
    SERVER_ERROR(Status.FAILED, "GoTo had an error. Please try again."),
    TEMPORARILY_UNAVAILABLE(Status.FAILED, "GoTo is busy at the moment. Please try again in a few minutes."),
    WRONG_ISSUER(Status.FAILED, "The answer did not come from GoTo. Nothing was stored. Please start again."),
    UNREADABLE_RESPONSE(Status.FAILED, "GoTo's answer could not be read. Please start again."),
    AUTHORIZATION_FAILED(Status.FAILED, "GoTo stopped the attempt. Please try again."),
    CODE_REFUSED(Status.FAILED, "GoTo no longer accepts this attempt. Please start again."),
    GOTO_UNAVAILABLE(
            Status.FAILED, "GoTo could not be reached, or did not answer in time. Please try again in a few minutes."),
    UNAVAILABLE(Status.FAILED, "Your consent could not be stored. Please connect again in a few minutes."),
    SCOPE_MISSING(
            Status.FAILED,
            "You granted less access than this application needs. Please connect again and allow everything."),
    CONNECT_EXPIRED(
            Status.FAILED,
            "Signing in at GoTo took longer than ten minutes, so nothing was connected. Please try again."),
    DISCONNECTED(
            Status.FAILED, "The application ended this connection while you were at GoTo, so nothing was connected.");

    /** The values in return URLs, with the titles of their pages. */
    private enum Status {
        CONNECTED("Connected"),
        DENIED("Not connected"),
        FAILED("Connecting failed");

        private final String title;

        Status(String title) {
            this.title = title;
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Status status;
    private final String message;

    Outcome(Status status, String message) {
        this.status = status;
        this.message = message;
    }

    static Outcome of(AuthorizationResponse.Refused refused) {
        return find(refused.error().replace('_', '-'), AUTHORIZATION_FAILED);
    }

    /** The outcome in a return URL. Unknown values count as failures. */
    static Outcome of(@Nullable String status, @Nullable String problem) {
        if (CONNECTED.status().equals(status)) {
            return CONNECTED;
        }
        return ACCESS_DENIED.status().equals(status) ? ACCESS_DENIED : find(problem, AUTHORIZATION_FAILED);
    }

    static Outcome ofConsent(boolean complete) {
        return complete ? CONNECTED : SCOPE_MISSING;
    }

    /** The outcome with this name in the database, where another version of MeetGate may have stored it. */
    static @Nullable Outcome stored(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(values())
                .filter(outcome -> outcome.name().equals(name))
                .findFirst()
                .orElse(AUTHORIZATION_FAILED);
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
        return status.text();
    }

    @Nullable
    String problem() {
        return status == Status.FAILED ? code() : null;
    }

    /** Whether the link has ended too. */
    boolean isFinal() {
        return this == CONNECTED || this == DISCONNECTED;
    }

    boolean isGood() {
        return status == Status.CONNECTED;
    }

    /** A denial is the user's decision and no failure. */
    boolean isBad() {
        return status == Status.FAILED;
    }

    String title() {
        return status.title;
    }

    String message() {
        return message;
    }
}
