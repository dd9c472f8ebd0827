package dev.meetgate.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An error in the answers to the next {@code times} requests to an endpoint; 0 means all requests. Each
 * answer is delayed by {@code delayMillis}.
 */
record Fault(
        Endpoint endpoint,
        Kind kind,
        int status,
        long delayMillis,
        int times,
        @Nullable String retryAfter,
        @Nullable Map<String, String> headers,
        @Nullable Map<String, Object> body) {

    enum Kind {
        STATUS,
        SLOW,
        RESET,
        /** The request is executed. Its answer is lost. */
        RESET_AFTER,
        EMPTY,
        HTML,
        NONSENSE,
        HUGE,
        /** The body does not end. */
        ENDLESS,
        HALF,
        DUPLICATE_KEYS,
        /** The answer has the members of {@code body}, besides or instead of its own. */
        MEMBERS,
        /** The answer is compressed, unless the request forbids that (RFC 9110 §12.5.3). */
        GZIP,
        /** The answer starts with a byte order mark. */
        BYTE_ORDER_MARK,
        /** The list has elements of other shapes before, between and after its own. */
        ODD_ELEMENTS,
        /** The answer repeats the request without its token. */
        ECHO,
        /** The answer repeats the request and its token. */
        ECHO_TOKEN
    }

    private static final int HUGE_LENGTH = 10_000_000;
    private static final int ENDLESS_PART = 1 << 16;

    Fault {
        if (kind == Kind.STATUS && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("status must be 200 to 599");
        }
        if (delayMillis < 0 || times < 0 || times > 1000) {
            throw new IllegalArgumentException("delayMillis must not be negative, times must be 0 to 1000");
        }
    }

    static Fault of(JsonObject json) {
        var defaults = new JsonObject()
                .put("status", 503)
                .put("delayMillis", 0)
                .put("times", 1)
                .putNull("retryAfter")
                .putNull("headers")
                .putNull("body");
        return StrictJson.read(defaults.mergeIn(json), Fault.class);
    }

    void strike(Wire wire, Supplier<Answer> work) {
        switch (kind) {
            case STATUS -> wire.send(statusAlone());
            case SLOW -> wire.send(work.get());
            case RESET -> wire.hangUp();
            case RESET_AFTER -> wire.lose(work.get());
            case EMPTY -> wire.send(Answer.empty(200));
            case HTML ->
                wire.send(Answer.html(200, "<!DOCTYPE html><title>Sorry</title><h1>We will be back soon</h1>"));
            case NONSENSE -> wire.send(Answer.json(200, new JsonObject().put("hello", "world")));
            case HUGE -> wire.send(Answer.json(200, new JsonObject().put("padding", "x".repeat(HUGE_LENGTH))));
            case ENDLESS -> wire.sendForEver(Buffer.buffer("x".repeat(ENDLESS_PART)));
            case HALF -> wire.sendHalf(work.get());
            case DUPLICATE_KEYS -> wire.send(withTwoAccessTokens(work.get()));
            case MEMBERS -> wire.send(withMembers(work.get()));
            case GZIP -> wire.send(wire.forbidsCompression() ? work.get() : compressed(work.get()));
            case BYTE_ORDER_MARK -> {
                Answer answer = work.get();
                wire.send(answer.with(Buffer.buffer("\ufeff").appendBuffer(answer.body())));
            }
            case ODD_ELEMENTS -> wire.send(withOddElements(work.get()));
            case ECHO -> wire.send(Answer.json(200, withoutToken(wire.request())));
            case ECHO_TOKEN -> wire.send(Answer.json(200, wire.request()));
        }
    }

    private Answer statusAlone() {
        Answer answer = body == null ? Answer.empty(status) : Answer.json(status, new JsonObject(body));
        for (var header : headers == null ? Map.<String, String>of().entrySet() : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer.with("Retry-After", retryAfter);
    }

    private static JsonObject withoutToken(JsonObject request) {
        request.getJsonObject("headers").remove("authorization");
        return request;
    }

    private static Answer withOddElements(Answer answer) {
        var nested = new JsonObject().put("deep", new JsonArray().add(new JsonObject().put("canary", 1)));
        var odd = new JsonArray()
                .addNull()
                .add("canary")
                .add(7)
                .add(new JsonArray().add(nested))
                .add(new JsonObject().put("subject", "canary"))
                .add(new JsonObject().put("meetingId", nested).put("subject", "canary"))
                .add(new JsonObject().put("subject", nested).put("meetingId", 1));
        var all = new JsonArray().addAll(odd);
        answer.body().toJsonArray().forEach(element -> all.add(element).addAll(odd));
        return answer.with(all.toBuffer());
    }

    private static Answer withTwoAccessTokens(Answer answer) {
        String twice = answer.body().toString().replaceFirst("\\{", "{\"access_token\":\"sbx-at.duplicate\",");
        return answer.with(Buffer.buffer(twice));
    }

    private Answer withMembers(Answer answer) {
        return answer.with(answer.body()
                .toJsonObject()
                .mergeIn(new JsonObject(body == null ? Map.of() : body))
                .toBuffer());
    }

    private static Answer compressed(Answer answer) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(answer.body().getBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return answer.with("Content-Encoding", "gzip").with(Buffer.buffer(packed.toByteArray()));
    }
}
