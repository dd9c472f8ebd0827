package dev.meetgate.console;

import dev.meetgate.audit.UserEntries;
import dev.meetgate.console.Story.Moment;
import dev.meetgate.events.Delivery;
import dev.meetgate.events.UserEvents;
import dev.meetgate.vault.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts what is known of a user into one order. */
final class Moments {

    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("connect_link.create", "A connect link was made"),
            Map.entry("connection.connect", "The user connected"),
            Map.entry("connection.reconnect", "The user connected again"),
            Map.entry("connection.end", "The connection ended"),
            Map.entry("connection.disconnect", "The connection was erased"),
            Map.entry("meeting.create", "A meeting was made"),
            Map.entry("meeting.change", "A meeting was changed"),
            Map.entry("meeting.delete", "A meeting was deleted"),
            Map.entry("meeting.start", "A meeting was started"),
            Map.entry("console.check", "An operator checked the connection"),
            Map.entry("console.disconnect", "An operator asked to disconnect the user"),
            Map.entry("console.redeliver", "An operator sent an event again"));

    private static final Map<String, Cause> ENDS = Map.of(
            "revoked", Cause.REVOKED,
            "expired", Cause.EXPIRED,
            "outcome-unknown", Cause.OUTCOME_UNKNOWN,
            "scope-missing", Cause.SCOPE_MISSING);

    private Moments() {}

    static List<Moment> of(Facts facts) {
        return Stream.of(
                        facts.entries().stream().map(Moments::entry),
                        facts.events().stream().map(Moments::event),
                        facts.failedCalls().stream().map(Moments::failure),
                        refresh(facts.connection()))
                .flatMap(moments -> moments)
                .sorted(Comparator.comparing(Moment::time).reversed())
                .toList();
    }

    private static Moment entry(UserEntries.Entry entry) {
        boolean isOfConnection = entry.action().startsWith("connect");
        boolean isGood = entry.outcome().equals("success")
                && entry.code() == null
                && !entry.action().equals("connection.end");
        String target = entry.target() == null ? "" : ": " + entry.target();
        return Moment.of(
                        entry.time(),
                        isGood ? isOfConnection ? "connected" : "called" : "failed",
                        ACTIONS.getOrDefault(entry.action(), entry.action()) + target)
                .by("%s %s".formatted(entry.actorKind(), entry.actor()))
                .endedAs(entry.code() == null ? entry.outcome() : "%s: %s".formatted(entry.outcome(), entry.code()))
                .inRequest(entry.requestId())
                .because(isGood ? null : cause(entry.code()));
    }

    private static @Nullable Explained cause(@Nullable String code) {
        if (code == null) {
            return null;
        }
        return Explained.of(ENDS.getOrDefault(code, Cause.of(code, null)));
    }

    private static Moment event(UserEvents.Told event) {
        Cause ofLink = Cause.of(event);
        return Moment.of(
                        event.time(),
                        "told",
                        "Event " + event.type() + (event.problem() == null ? "" : ": " + event.problem()))
                .endedAs(delivery(event))
                .ofEvent(event.id())
                .because(ofLink != null ? Explained.of(ofLink) : whyUndelivered(event));
    }

    private static @Nullable Explained whyUndelivered(UserEvents.Told event) {
        if (event.lastProblem() == null || event.deliveredAt() != null) {
            return null;
        }
        boolean isGivenUp = Delivery.State.FAILED.name().equals(event.state());
        return Explained.of(isGivenUp ? Cause.WEBHOOK_OFF : Cause.WEBHOOK_FAILS);
    }

    private static String delivery(UserEvents.Told event) {
        if (event.state() == null) {
            return "in the feed";
        }
        Instant delivered = event.deliveredAt();
        String problem = event.lastStatus() == null
                ? event.lastProblem()
                : "%s %d".formatted(event.lastProblem(), event.lastStatus());
        return delivered != null
                ? "delivered to the webhook"
                : event.lastProblem() == null
                        ? "on its way to the webhook"
                        : "not delivered after %d attempts: %s".formatted(event.attempts(), problem);
    }

    private static Moment failure(FailedCall call) {
        String number =
                call.number() == 1 ? "" : " (%d times since %s)".formatted(call.number(), Texts.shown(call.firstAt()));
        return Moment.of(call.lastAt(), "failed", call.operation() + number)
                .endedAs(Stream.of(call.code(), call.atGoTo(), call.field())
                        .filter(part -> part != null)
                        .collect(Collectors.joining(", ")))
                .inRequest(call.requestId())
                .because(call.cause());
    }

    private static Stream<Moment> refresh(@Nullable Connection connection) {
        return connection == null || connection.generation() < 2
                ? Stream.empty()
                : Stream.of(Moment.of(
                        connection.refreshedAt(),
                        "refreshed",
                        "GoTo issued new tokens: generation " + connection.generation()));
    }
}
