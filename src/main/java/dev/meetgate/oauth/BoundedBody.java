package dev.meetgate.oauth;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds an answer of the token endpoint while it arrives. MeetGate stops reading an answer that is longer or takes
 * longer. The idle timeout of the request then closes its connection.
 */
record BoundedBody(int mostBytes, Duration longest) implements BodyCodec<Buffer> {

    @Override
    public void create(Handler<AsyncResult<BodyStream<Buffer>>> created) {
        Handler<AsyncResult<BodyStream<Buffer>>> bounding = body -> created.handle(body.map(this::bounded));
        BodyCodec.buffer().create(bounding);
    }

    private BodyStream<Buffer> bounded(BodyStream<Buffer> body) {
        return new Bounded(body, mostBytes, System.nanoTime() + longest.toNanos());
    }

    private static final class Bounded implements BodyStream<Buffer> {

        private final BodyStream<Buffer> body;
        private final long deadline;
        private int bytesLeft;

        Bounded(BodyStream<Buffer> body, int mostBytes, long deadline) {
            this.body = body;
            this.bytesLeft = mostBytes;
            this.deadline = deadline;
        }

        @Override
        public Future<Void> write(Buffer part) {
            bytesLeft -= part.length();
            return isOver() ? Future.succeededFuture() : body.write(part);
        }

        private boolean isOver() {
            return bytesLeft < 0 || System.nanoTime() - deadline > 0;
        }

        @Override
        public void write(Buffer part, Handler<AsyncResult<Void>> written) {
            write(part).onComplete(written);
        }

        @Override
        public void end(Handler<AsyncResult<Void>> ended) {
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
            return isOver() || body.writeQueueFull();
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
