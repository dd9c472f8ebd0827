package dev.meetgate.sandbox;

import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** The connection of one request. It sends an answer whole, in part or not at all, and logs the status. */
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

    /** Sends the part again and again until the other side closes the connection. */
    void sendForEver(Buffer part) {
        entry.answered(200);
        sendOn(context.response().setChunked(true).putHeader("Content-Type", "application/json"), part);
    }

    private void sendOn(HttpServerResponse response, Buffer part) {
        response.write(part).onSuccess(sent -> context.vertx().runOnContext(next -> sendOn(response, part)));
    }

    boolean forbidsCompression() {
        return "identity".equals(context.request().getHeader("Accept-Encoding"));
    }

    /** The request as it arrived. */
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

    /** Drops an answer after the request was executed. */
    void lose(Answer answer) {
        hangUp();
    }

    /** Closes the connection with a reset, as a crash does. */
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
