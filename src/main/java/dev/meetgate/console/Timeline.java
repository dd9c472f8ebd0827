package dev.meetgate.console;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Outcome;
import dev.meetgate.audit.UserEntries;
import dev.meetgate.caller.Actor;
import dev.meetgate.console.Story.Kind;
import dev.meetgate.console.Story.Moment;
import dev.meetgate.events.Delivery;
import dev.meetgate.events.UserEvents;
import dev.meetgate.vault.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts what is known of a user into one order. */
final class Timeline {

    private static final Map<String, Cause> ENDS = Map.of(
            "revoked", Cause.REVOKED,
            "expired", Cause.EXPIRED,
            "outcome-unknown", Cause.OUTCOME_UNKNOWN,
            "scope-missing", Cause.SCOPE_MISSING);

    private final ConsoleTexts texts;

    private Timeline(ConsoleTexts texts) {
        this.texts = texts;
    }

    static List<Moment> of(Facts facts, ConsoleTexts texts) {
        var timeline = new Timeline(texts);
        return Stream.of(
                        facts.entries().stream().map(timeline::entry),
                        facts.events().stream().map(timeline::event),
                        facts.failedCalls().stream().map(timeline::failure),
                        timeline.refresh(facts.connection()))
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(Moment::time).reversed())
                .toList();
    }

    private Moment entry(UserEntries.Entry entry) {
        boolean isOfConnection = entry.action().startsWith("connect");
        boolean isGood = entry.outcome().equals("success")
                && entry.code() == null
                && !entry.action().equals("connection.end");
        String target = entry.target() == null ? "" : ": " + entry.target();
        return Moment.of(
                        entry.time(),
                        isGood ? isOfConnection ? Kind.CONNECTED : Kind.CALLED : Kind.FAILED,
                        title(entry.action()) + target)
                .by("%s %s".formatted(actor(entry.actorKind()), entry.actor()))
                .endedAs(outcome(entry.outcome()) + (entry.code() == null ? "" : ": " + entry.code()))
                .inRequest(entry.requestId())
                .because(isGood ? null : cause(entry.code()));
    }

    private String actor(String kind) {
        return Stream.of(Actor.Kind.values())
                .filter(known -> known.word().equals(kind))
                .findFirst()
                .map(texts::actor)
                .orElse(kind);
    }

    private String outcome(String word) {
        return Stream.of(Outcome.values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .map(texts::outcome)
                .orElse(word);
    }

    private String title(String action) {
        return Stream.of(Action.values())
                .filter(known -> known.word().equals(action))
                .findFirst()
                .map(this::title)
                .orElse(action);
    }

    private String title(Action action) {
        return switch (action) {
            case CONNECT_LINK_CREATE -> texts.linkMade();
            case CONNECTION_CONSENT -> texts.userAgreed();
            case CONNECTION_CONNECT -> texts.userConnected();
            case CONNECTION_RECONNECT -> texts.userReconnected();
            case CONNECTION_END -> texts.connectionEnded();
            case CONNECTION_DISCONNECT -> texts.connectionErased();
            case ACCOUNT_PAGE_OPEN -> texts.accountPageOpened();
            case MEETING_CREATE -> texts.meetingMade();
            case MEETING_CHANGE -> texts.meetingChanged();
            case MEETING_DELETE -> texts.meetingDeleted();
            case MEETING_START -> texts.meetingStarted();
            case SESSION_DELETE -> texts.sessionDeleted();
            case SESSION_ATTENDEES_DELETE -> texts.attendeesDeleted();
            case SESSION_RECORDINGS_DELETE -> texts.recordingsDeleted();
            case RAW_POST -> texts.rawCall("POST");
            case RAW_PUT -> texts.rawCall("PUT");
            case RAW_DELETE -> texts.rawCall("DELETE");
            case READ -> texts.dataRead();
            case CONSOLE_CHECK -> texts.operatorChecked();
            case CONSOLE_DISCONNECT -> texts.operatorDisconnected();
            case CONSOLE_REDELIVER -> texts.operatorSentAgain();
            // Their entries name no user.
            case CREDENTIAL_REFUSE, IDENTITY_ERASE, KEYS_ROTATE, SETTINGS_LOAD -> action.word();
        };
    }

    private @Nullable Explained cause(@Nullable String code) {
        if (code == null) {
            return null;
        }
        return Explained.of(ENDS.getOrDefault(code, Cause.of(code, null)), texts);
    }

    private Moment event(UserEvents.Told event) {
        Cause ofLink = Cause.of(event);
        return Moment.of(
                        event.time(),
                        Kind.TOLD,
                        texts.eventOf(event.type()) + (event.problem() == null ? "" : ": " + event.problem()))
                .endedAs(delivery(event))
                .ofEvent(event.id(), event.state() != null)
                .because(ofLink != null ? Explained.of(ofLink, texts) : whyUndelivered(event));
    }

    private @Nullable Explained whyUndelivered(UserEvents.Told event) {
        if (event.lastProblem() == null || event.deliveredAt() != null) {
            return null;
        }
        boolean isGivenUp = Delivery.State.FAILED.name().equals(event.state());
        return Explained.of(isGivenUp ? Cause.WEBHOOK_OFF : Cause.WEBHOOK_FAILS, texts);
    }

    private String delivery(UserEvents.Told event) {
        if (event.state() == null) {
            return texts.inTheFeed();
        }
        if (event.deliveredAt() != null) {
            return texts.delivered();
        }
        if (event.lastProblem() == null || event.attempts() == null) {
            return texts.onItsWay();
        }
        String status = event.lastStatus() == null ? "" : " " + event.lastStatus();
        return texts.undelivered(event.attempts(), event.lastProblem() + status);
    }

    private Moment failure(FailedCall call) {
        String number =
                call.number() == 1 ? "" : " (%s)".formatted(texts.repeated(call.number(), Texts.shown(call.firstAt())));
        return Moment.of(call.lastAt(), Kind.FAILED, call.operation() + number)
                .endedAs(Stream.of(call.code(), call.atGoTo(), call.field())
                        .filter(part -> part != null)
                        .collect(Collectors.joining(", ")))
                .inRequest(call.requestId())
                .because(call.cause());
    }

    private Stream<Moment> refresh(@Nullable Connection connection) {
        return connection == null || connection.generation() < 2
                ? Stream.empty()
                : Stream.of(Moment.of(
                        connection.refreshedAt(), Kind.REFRESHED, texts.tokensIssued(connection.generation())));
    }
}
