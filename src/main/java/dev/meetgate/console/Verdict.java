package dev.meetgate.console;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.UserEntries;
import dev.meetgate.caller.Credential;
import dev.meetgate.events.UserEvents;
import dev.meetgate.vault.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the facts whether a user's calls work now, and why not. The first reason that holds is named.
 */
final class Verdict {

    /** How long a failed call tells something of now. */
    private static final Duration RECENT = Duration.ofHours(24);

    private static final Duration RECENT_IF_IT_PASSES = Duration.ofMinutes(10);

    private final Facts facts;
    private final String user;
    private final ConsoleTexts texts;

    private Verdict(Facts facts, String user, ConsoleTexts texts) {
        this.facts = facts;
        this.user = user;
        this.texts = texts;
    }

    static Headline of(Facts facts, String user, ConsoleTexts texts) {
        var verdict = new Verdict(facts, user, texts);
        // Each knows that those before it found nothing.
        return Stream.<Supplier<Optional<Headline>>>of(
                        verdict::ofTenant, verdict::ofConnection, verdict::ofCalls, verdict::ofWhatWorks)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Headline.works(texts.works(user)));
    }

    private Optional<Headline> fails(Cause cause) {
        return Optional.of(Headline.fails(texts.fails(user, texts.whose(cause.whose())), Explained.of(cause, texts)));
    }

    private Optional<Headline> partly(String sentence, Cause cause) {
        return Optional.of(Headline.partly(sentence, Explained.of(cause, texts)));
    }

    private Optional<Headline> ofTenant() {
        if (!facts.isTenantSet()) {
            return fails(Cause.TENANT_REMOVED);
        }
        boolean allEnded = !facts.hasIssuer()
                && !facts.credentials().isEmpty()
                && facts.credentials().stream().allMatch(key -> key.hasEnded(facts.now()));
        return allEnded ? fails(Cause.KEYS_ENDED) : Optional.empty();
    }

    private Optional<Headline> ofConnection() {
        Connection connection = facts.connection();
        if (connection == null) {
            return fails(whyNotConnected());
        }
        return connection.status() == Connection.Status.CONNECTED
                ? Optional.empty()
                : fails(Cause.of(connection.reason()));
    }

    /** The last thing that happened to a connection or a link. */
    private Cause whyNotConnected() {
        Instant disconnected = time(Action.CONNECTION_DISCONNECT);
        Instant linked = time(Action.CONNECT_LINK_CREATE);
        Optional<UserEvents.Told> ended =
                facts.events().stream().filter(event -> Cause.of(event) != null).findFirst();
        if (ended.isPresent()
                && !isAfter(linked, ended.get().time())
                && !isAfter(disconnected, ended.get().time())) {
            return Objects.requireNonNull(Cause.of(ended.get()));
        }
        if (linked != null && !isAfter(disconnected, linked)) {
            return Cause.LINK_UNUSED;
        }
        return disconnected == null ? Cause.NEVER_CONNECTED : Cause.DISCONNECTED;
    }

    private static boolean isAfter(@Nullable Instant time, Instant other) {
        return time != null && time.isAfter(other);
    }

    private @Nullable Instant time(Action action) {
        return facts.lastSteps().stream()
                .filter(entry -> entry.action().equals(action.word()))
                .map(UserEntries.Entry::time)
                .findFirst()
                .orElse(null);
    }

    private Optional<Headline> ofCalls() {
        List<Cause> stillTrue = facts.failedCalls().stream()
                .filter(this::isStillTrue)
                .map(FailedCall::why)
                .toList();
        Optional<Cause> ofAllCalls =
                stillTrue.stream().filter(cause -> !cause.isOfOneRequest()).findFirst();
        if (ofAllCalls.isPresent()) {
            return fails(ofAllCalls.get());
        }
        if (facts.failingSince() != null) {
            return fails(Cause.REFRESH_FAILS);
        }
        if (facts.isGoToAway()) {
            return fails(Cause.GOTO_UNAVAILABLE);
        }
        if (facts.credentials().stream().anyMatch(this::isInUseAfterItsEnd)) {
            return partly(texts.worksButNotEndedKey(user), Cause.KEY_IN_USE_AFTER_ITS_END);
        }
        return stillTrue.stream().findFirst().flatMap(cause -> partly(texts.worksButLastRefused(user), cause));
    }

    private boolean isInUseAfterItsEnd(Credential credential) {
        return isAfter(credential.refusedAt(), facts.now().minus(RECENT));
    }

    /** Unless something has worked since. Reads that work leave no trace. */
    private boolean isStillTrue(FailedCall call) {
        Cause cause = call.why();
        Duration recent = cause.passes() ? RECENT_IF_IT_PASSES : RECENT;
        Connection connection = Objects.requireNonNull(facts.connection());
        return call.lastAt().isAfter(facts.now().minus(recent))
                && call.lastAt().isAfter(connection.connectedAt())
                && !(cause.endsWithARefresh() && connection.refreshedAt().isAfter(call.lastAt()))
                && facts.entries().stream().noneMatch(entry -> isSuccessOfACall(entry, call.lastAt()));
    }

    private static boolean isSuccessOfACall(UserEntries.Entry entry, Instant after) {
        boolean isCall = Stream.of("meeting.", "session.", "raw.", "read", "console.check")
                .anyMatch(entry.action()::startsWith);
        return isCall
                && entry.outcome().equals("success")
                && entry.code() == null
                && entry.time().isAfter(after);
    }

    private Optional<Headline> ofWhatWorks() {
        var webhook = facts.webhook();
        if (webhook != null && webhook.disabledAt() != null) {
            return partly(texts.worksButUntold(user), Cause.WEBHOOK_OFF);
        }
        return Optional.empty();
    }
}
