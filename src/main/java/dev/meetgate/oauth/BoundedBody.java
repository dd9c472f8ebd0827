package dev.meetgate.oauth;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bounds an answer of the token endpoint while it arrives. MeetGate stops reading an answer that is longer or
 * takes longer, and leaves its connection.
 */
record BoundedBody(int mostBytes, Duration longest, Runnable leave) implements BodyCodec<Buffer> {

    @Override
    public void create(Handler<AsyncResult<BodyStream<Buffer>>> created) {
        Handler<AsyncResult<BodyStream<Buffer>>> bounding = body -> created.handle(body.map(this::bounded));
        BodyCodec.buffer().create(bounding);
    }

    private BodyStream<Buffer> bounded(BodyStream<Buffer> body) {
        return new Bounded(body, mostBytes, longest, leave);
    }

    private static final class Bounded implements BodyStream<Buffer> {

        private final BodyStream<Buffer> body;
        private final Runnable leave;
        private final Vertx vertx =
                Objects.requireNonNull(Vertx.currentContext()).owner();
        private final long timer;
        private int bytesLeft;
        private boolean left;

        Bounded(BodyStream<Buffer> body, int mostBytes, Duration longest, Runnable leave) {
            this.body = body;
            this.bytesLeft = mostBytes;
            this.leave = leave;
            this.timer = vertx.setTimer(longest.toMillis(), late -> stopReading());
        }

        private void stopReading() {
            if (!left) {
                left = true;
                leave.run();
            }
        }

        @Override
        public Future<Void> write(Buffer part) {
            bytesLeft -= part.length();
            if (bytesLeft < 0) {
                stopReading();
            }
            return left ? Future.succeededFuture() : body.write(part);
        }

        @Override
        public void write(Buffer part, Handler<AsyncResult<Void>> written) {
            write(part).onComplete(written);
        }

        /** Called when the connection breaks too. */
        @Override
        public void end(Handler<AsyncResult<Void>> ended) {
            vertx.cancelTimer(timer);
            body.end(ended);
        }

        @Override
        public void handle(Throwable failure) {
            body.handle(failure);
        }

        @Override
        public Future<Buffer> result() {
            return body.result();
        }

        @Override
        public boolean writeQueueFull() {
            return left || body.writeQueueFull();
        }

        @Override
        public Bounded setWriteQueueMaxSize(int maxSize) {
            body.setWriteQueueMaxSize(maxSize);
            return this;
        }

        @Override
        public Bounded drainHandler(@Nullable Handler<Void> handler) {
            body.drainHandler(handler);
            return this;
        }

        @Override
        public Bounded exceptionHandler(@Nullable Handler<Throwable> handler) {
            body.exceptionHandler(handler);
            return this;
        }
    }
}
