package dev.meetgate.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Vert.x closes connections without traffic, also while a caller waits for an answer. */
public final class IdleConnections {

    private IdleConnections() {}

    /** Keeps the connection open until the answer, which closes it. */
    public static void exempt(HttpServerRequest request) {
        ChannelPipeline pipeline =
                ((ConnectionBase) request.connection()).channel().pipeline();
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
