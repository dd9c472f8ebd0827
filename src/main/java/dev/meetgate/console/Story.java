package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.meetgate.vault.Connection;
import java.time.Instant;
import java.util.List;
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

    /**
     * Something that happened.
     *
     * @param kind {@code connected}, {@code refreshed}, {@code called}, {@code failed} or {@code told}
     * @param by who did it
     * @param outcome how it ended
     * @param cause why it failed
     * @param event the id of an event, which can be sent again
     */
    record Moment(
            Instant time,
            String kind,
            String title,
            @Nullable String by,
            @Nullable String outcome,
            @Nullable String requestId,
            @Nullable String event,
            @Nullable Explained cause) {

        static Moment of(Instant time, String kind, String title) {
            return new Moment(time, kind, title, null, null, null, null, null);
        }

        Moment by(String who) {
            return new Moment(time, kind, title, who, outcome, requestId, event, cause);
        }

        Moment endedAs(String how) {
            return new Moment(time, kind, title, by, how, requestId, event, cause);
        }

        Moment inRequest(@Nullable String id) {
            return new Moment(time, kind, title, by, outcome, id, event, cause);
        }

        Moment ofEvent(String id) {
            return new Moment(time, kind, title, by, outcome, requestId, id, cause);
        }

        Moment because(@Nullable Explained why) {
            return new Moment(time, kind, title, by, outcome, requestId, event, why);
        }

        /** For the page. */
        @JsonIgnore
        public String tone() {
            return kind.equals("failed") || cause != null ? "bad" : kind.equals("connected") ? "good" : "";
        }
    }
}
