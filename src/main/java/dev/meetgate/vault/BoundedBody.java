package dev.meetgate.vault;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The body of an answer, up to a length: whoever announces or sends more is cut off there, and there is none. */
final class BoundedBody {

    private static final int LONGEST = 10_000_000;

    private final HttpClientResponse response;
    private final Promise<@Nullable Buffer> whole = Promise.promise();
    private final Buffer body = Buffer.buffer();

    private BoundedBody(HttpClientResponse response) {
        this.response = response;
    }

    static Future<@Nullable Buffer> of(HttpClientResponse response) {
        var bounded = new BoundedBody(response);
        response.exceptionHandler(bounded.whole::tryFail)
                .endHandler(end -> bounded.whole.tryComplete(bounded.body))
                .handler(bounded::take);
        if (announcesMore(response)) {
            bounded.cutOff();
        }
        return bounded.whole.future();
    }

    private static boolean announcesMore(HttpClientResponse response) {
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) > LONGEST;
    }

    private void take(Buffer part) {
        if (whole.future().isComplete()) {
            return;
        }
        if (body.length() + part.length() > LONGEST) {
            cutOff();
        } else {
            body.appendBuffer(part);
        }
    }

    private void cutOff() {
        whole.tryComplete(null);
        response.request().reset();
    }
}
