package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.meetgate.vault.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What happened for one user.
 *
 * @param connection as it is now; absent without one
 * @param failedCalls summed up, the newest first
 * @param moments what happened, the newest first
 */
record Story(
        Instant at,
        String tenant,
        String user,
        Headline headline,
        @Nullable Connection connection,
        List<FailedCall> failedCalls,
        List<Moment> moments) {

    /** What kind of thing happened. */
    enum Kind {
        CONNECTED,
        REFRESHED,
        CALLED,
        FAILED,
        TOLD;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that happened.
     *
     * @param by who did it
     * @param outcome how it ended
     * @param cause why it failed
     * @param event the id of an event
     * @param canBeSentAgain whether the event goes to a webhook
     */
    record Moment(
            Instant time,
            Kind kind,
            String title,
            @Nullable String by,
            @Nullable String outcome,
            @Nullable String requestId,
            @Nullable String event,
            @JsonIgnore boolean canBeSentAgain,
            @Nullable Explained cause) {

        static Moment of(Instant time, Kind kind, String title) {
            return new Moment(time, kind, title, null, null, null, null, false, null);
        }

        Moment by(String who) {
            return new Moment(time, kind, title, who, outcome, requestId, event, canBeSentAgain, cause);
        }

        Moment endedAs(String how) {
            return new Moment(time, kind, title, by, how, requestId, event, canBeSentAgain, cause);
        }

        Moment inRequest(@Nullable String id) {
            return new Moment(time, kind, title, by, outcome, id, event, canBeSentAgain, cause);
        }

        Moment ofEvent(String id, boolean goesToAWebhook) {
            return new Moment(time, kind, title, by, outcome, requestId, id, goesToAWebhook, cause);
        }

        Moment because(@Nullable Explained why) {
            return new Moment(time, kind, title, by, outcome, requestId, event, canBeSentAgain, why);
        }

        /** For the page. */
        @JsonIgnore
        public String tone() {
            return kind == Kind.FAILED || cause != null ? "bad" : kind == Kind.CONNECTED ? "good" : "";
        }
    }
}
