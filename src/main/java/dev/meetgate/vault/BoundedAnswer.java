package dev.meetgate.vault;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/** An answer of GoTo's as it comes in. Whoever sends more than so much is cut off there, and the answer has no body. */
final class BoundedAnswer {

    private static final int LONGEST = 10_000_000;

    private final HttpClientResponse response;
    private final Promise<GoToAnswer> answer = Promise.promise();
    private final Buffer body = Buffer.buffer();

    private BoundedAnswer(HttpClientResponse response) {
        this.response = response;
    }

    static Future<GoToAnswer> of(HttpClientResponse response) {
        var bounded = new BoundedAnswer(response);
        response.exceptionHandler(bounded.answer::tryFail)
                .endHandler(end -> bounded.complete(bounded.body))
                .handler(bounded::take);
        return bounded.answer.future();
    }

    private void take(Buffer part) {
        if (answer.future().isComplete()) {
            return;
        }
        if (body.length() + part.length() > LONGEST) {
            cutOff();
        } else {
            body.appendBuffer(part);
        }
    }

    private void cutOff() {
        complete(null);
        response.request().reset();
    }

    private void complete(@Nullable Buffer taken) {
        answer.tryComplete(new GoToAnswer(response.statusCode(), response.headers(), taken));
    }
}
