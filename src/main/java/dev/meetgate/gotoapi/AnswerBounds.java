package dev.meetgate.gotoapi;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Limits each answer of GoTo in bytes and time. */
record AnswerBounds(Vertx vertx) implements Consumer<HttpClientRequest> {

    private static final int MOST_BYTES = 10_000_000;

    /** Includes the whole body, even if it arrives slowly. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    static final class TooLong extends RuntimeException {
        private TooLong() {
            super("more than %d bytes".formatted(MOST_BYTES));
        }
    }

    @Override
    public void accept(HttpClientRequest request) {
        long timer = vertx.setTimer(LONGEST.toMillis(), late -> request.reset(0, new TimeoutException()));
        request.response()
                .onSuccess(response -> bound(request, response))
                .compose(HttpClientResponse::end)
                .onComplete(ended -> vertx.cancelTimer(timer));
    }

    private static void bound(HttpClientRequest request, HttpClientResponse response) {
        var length = new AtomicLong();
        response.handler(part -> {
            if (length.addAndGet(part.length()) > MOST_BYTES) {
                request.reset(0, new TooLong());
            }
        });
    }
}
