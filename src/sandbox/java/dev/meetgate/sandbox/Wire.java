package dev.meetgate.sandbox;

import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** The connection on which an answer goes out, whole, in part or not at all. The log learns which status was sent. */
final class Wire {

    private final RoutingContext context;
    private final RequestLog.Entry entry;

    Wire(RoutingContext context, RequestLog.Entry entry) {
        this.context = context;
        this.entry = entry;
    }

    void send(Answer answer) {
        entry.answered(answer.status());
        answer.send(context.response());
    }

    void sendHalf(Answer answer) {
        entry.answered(answer.status());
        int length = answer.body().length();
        HttpServerResponse head = answer.head(context.response()).putHeader("Content-Length", Integer.toString(length));
        head.write(answer.body().slice(0, length / 2)).onComplete(written -> hangUp());
    }

    /** The answer was worth some work, and nobody gets it. */
    void lose(Answer answer) {
        hangUp();
    }

    /** With a reset, as a crash or a load balancer does it, and not with a polite end. */
    void hangUp() {
        ((ConnectionBase) context.request().connection()).channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.request().connection().close();
    }

    void after(long millis, Runnable step) {
        if (millis == 0) {
            step.run();
        } else {
            context.vertx().setTimer(millis, timer -> step.run());
        }
    }
}
