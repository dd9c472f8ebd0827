package dev.meetgate.connect;

import dev.meetgate.oauth.AuthorizationResponse;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt to connect. The return URL contains the names, so they are part of the API. */
enum Outcome {
    CONNECTED(Status.CONNECTED, Notice.CONNECTED),
    PENDING(Status.PENDING, Notice.PENDING),
    NOT_FINISHED(Status.FAILED, Notice.NOT_FINISHED),
    ACCESS_DENIED(Status.DENIED, Notice.ACCESS_DENIED),
    INVALID_REQUEST(Status.FAILED, Notice.REQUEST_REFUSED),
    UNAUTHORIZED_CLIENT(Status.FAILED, Notice.CLIENT_REFUSED),
    UNSUPPORTED_RESPONSE_TYPE(Status.FAILED, Notice.REQUEST_REFUSED),
    INVALID_SCOPE(Status.FAILED, Notice.SCOPE_REFUSED),
    SERVER_ERROR(Status.FAILED, Notice.GOTO_FAILED),
    TEMPORARILY_UNAVAILABLE(Status.FAILED, Notice.GOTO_BUSY),
    WRONG_ISSUER(Status.FAILED, Notice.NOT_OF_GOTO),
    UNREADABLE_RESPONSE(Status.FAILED, Notice.NOT_OF_GOTO),
    AUTHORIZATION_FAILED(Status.FAILED, Notice.GOTO_FAILED),
    CODE_REFUSED(Status.FAILED, Notice.CODE_REFUSED),
    GOTO_UNAVAILABLE(Status.FAILED, Notice.GOTO_BUSY),
    UNAVAILABLE(Status.FAILED, Notice.NOT_STORED),
    SCOPE_MISSING(Status.FAILED, Notice.SCOPE_MISSING),
    CONNECT_EXPIRED(Status.FAILED, Notice.TOO_LATE),
    DISCONNECTED(Status.FAILED, Notice.DISCONNECTED);

    /** The values in return URLs, with the words of the log. */
    private enum Status {
        CONNECTED("Connected"),
        PENDING("Not finished yet"),
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
    private final Notice notice;

    Outcome(Status status, Notice notice) {
        this.status = status;
        this.notice = notice;
    }

    static Outcome of(AuthorizationResponse.Refused refused) {
        return find(refused.error().replace('_', '-'), AUTHORIZATION_FAILED);
    }

    /** The outcome in a return URL. Unknown values count as failures. */
    static Outcome of(@Nullable String status, @Nullable String problem) {
        if (CONNECTED.status().equals(status)) {
            return CONNECTED;
        }
        if (PENDING.status().equals(status)) {
            return PENDING;
        }
        return ACCESS_DENIED.status().equals(status) ? ACCESS_DENIED : find(problem, AUTHORIZATION_FAILED);
    }

    static Outcome ofConsent(boolean complete) {
        return complete ? CONNECTED : SCOPE_MISSING;
    }

    /** Of a consent that waited too long: for the application, or, without a challenge, for the person. */
    static Outcome ofLapse(boolean hasChallenge) {
        return hasChallenge ? NOT_FINISHED : ACCESS_DENIED;
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
                .filter(outcome -> outcome != CONNECTED
                        && outcome != PENDING
                        && outcome.code().equals(code))
                .findFirst()
                .orElse(otherwise);
    }

    /** The problem in events, and the outcome in the metric. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The code as a literal in SQL. */
    String sql() {
        return "'" + code() + "'";
    }

    String status() {
        return status.text();
    }

    /** The problem at the return URL. */
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

    /** What people are told. */
    Notice notice() {
        return notice;
    }
}
