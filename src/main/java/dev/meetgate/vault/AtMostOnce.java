package dev.meetgate.vault;

import dev.meetgate.Failure;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A call that must not be executed twice: where nobody can say whether it was executed, it fails with a failure that says so. */
public final class AtMostOnce {

    private AtMostOnce() {}

    /** The call, which fails with {@link Failure.OutcomeUnknown} unless it was answered or certainly not executed. */
    public static <T> Function<Bearer, Uni<T>> of(Function<Bearer, Uni<T>> call) {
        return bearer -> {
            // Nothing is sent before there is a token to send.
            var sent = new AtomicBoolean();
            Bearer watched = () -> bearer.accessToken().invoke(token -> sent.set(true));
            return call.apply(watched)
                    .onFailure(failure -> sent.get() && mayHaveBeenExecuted(failure))
                    .transform(Failure.OutcomeUnknown::new);
        };
    }

    private static boolean mayHaveBeenExecuted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return false;
            }
        }
        return failure instanceof Failure.GoToUnavailable || GoToCalls.isOfTheWire(failure);
    }
}
