package dev.meetgate.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** Vert.x closes connections without traffic, also while a caller waits for an answer. */
public final class IdleConnections {

    private IdleConnections() {}

    /** Keeps the connection open until the answer, and closes it then. The header alone closes nothing. */
    public static void exempt(RoutingContext call) {
        HttpConnection connection = call.request().connection();
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
            call.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            call.addEndHandler(answered -> connection.close());
        }
    }
}
