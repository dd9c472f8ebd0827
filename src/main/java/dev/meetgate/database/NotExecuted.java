package dev.meetgate.database;

import io.vertx.core.VertxException;

/** The statement was never sent, because its connection had just been closed. */
final class NotExecuted extends VertxException {

    NotExecuted() {
        super("the connection was closed before the statement was sent", true);
    }
}
