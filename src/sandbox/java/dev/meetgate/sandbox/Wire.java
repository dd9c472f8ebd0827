package dev.meetgate.sandbox;

import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

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

    /** Until the other side hangs up. */
    void sendForEver(Buffer part) {
        entry.answered(200);
        sendOn(context.response().setChunked(true).putHeader("Content-Type", "application/json"), part);
    }

    private void sendOn(HttpServerResponse response, Buffer part) {
        response.write(part).onSuccess(sent -> context.vertx().runOnContext(next -> sendOn(response, part)));
    }

    /** What was asked, as it arrived. */
    JsonObject request() {
        HttpServerRequest request = context.request();
        var headers = new JsonObject();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new JsonObject()
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("headers", headers)
                .put("body", context.body().asString());
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
