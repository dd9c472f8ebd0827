package dev.meetgate.gotoapi;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Limits each answer of GoTo in bytes and time.
 *
 * <p>The time is the same for all callers. A sent request outlives its caller's deadline: the circuit must
 * learn of GoTo's silence from impatient callers too.
 */
record AnswerBounds(Vertx vertx) implements Consumer<HttpClientRequest> {

    /** From the request to the end of the answer, however slowly it arrives. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int MOST_BYTES = 10_000_000;

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
                request.reset(0, new RefusedAnswer("GoTo's answer is too large."));
            }
        });
        renameMultipart(response);
    }

    /** The REST client would replace the handler above with a decoder that has no limits. */
    private static void renameMultipart(HttpClientResponse response) {
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart")) {
            response.headers().set(HttpHeaders.CONTENT_TYPE, "application/x-multipart");
        }
    }
}
