package dev.meetgate.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All requests in the order of arrival, without queries and tokens. */
final class RequestLog {

    /** The key in the routing context under which an endpoint puts the account of a request. */
    static final String ACCOUNT = "account";

    private final List<Entry> entries = new ArrayList<>();

    Entry arrived(Endpoint endpoint, HttpServerRequest request) {
        var entry = new Entry(endpoint, request);
        entries.add(entry);
        return entry;
    }

    /** The requests to one endpoint or to all, and the highest number within any second. */
    JsonObject json(@Nullable Endpoint endpoint) {
        List<Entry> chosen = entries.stream()
                .filter(entry -> endpoint == null || entry.endpoint == endpoint)
                .toList();
        return new JsonObject()
                .put("requests", new JsonArray(chosen.stream().map(Entry::json).toList()))
                .put("peakPerSecond", peakPerSecond(chosen));
    }

    private static int peakPerSecond(List<Entry> entries) {
        int peak = 0;
        int first = 0;
        for (int last = 0; last < entries.size(); last++) {
            while (!entries.get(first).at.isAfter(entries.get(last).at.minusSeconds(1))) {
                first++;
            }
            peak = Math.max(peak, last - first + 1);
        }
        return peak;
    }

    /** One request. Its status is absent until the answer is sent. */
    static final class Entry {

        private final Instant at = Instant.now();
        private final Endpoint endpoint;
        private final String method;
        private final @Nullable String path;
        private final @Nullable String grantType;
        private final @Nullable String userAgent;
        private @Nullable Integer status;
        private @Nullable String account;

        private Entry(Endpoint endpoint, HttpServerRequest request) {
            this.endpoint = endpoint;
            this.method = request.method().name();
            this.path = request.path();
            this.grantType = request.getFormAttribute("grant_type");
            this.userAgent = request.getHeader("User-Agent");
        }

        void answered(int sent) {
            status = sent;
        }

        void belongsTo(@Nullable String owner) {
            account = owner;
        }

        private JsonObject json() {
            var json = new JsonObject()
                    .put("at", at.toString())
                    .put("method", method)
                    .put("path", path)
                    .put("endpoint", endpoint.toString())
                    .put("status", status)
                    .put("grantType", grantType)
                    .put("account", account)
                    .put("userAgent", userAgent);
            json.getMap().values().removeIf(value -> value == null);
            return json;
        }
    }
}
