package dev.meetgate.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Mends headers that RFC 9110 allows and over which JAX-RS fails. */
final class LenientHeaders {

    private LenientHeaders() {}

    static void mend(MultiMap headers) {
        takeForJson(headers);
        dropEmptyMediaRanges(headers);
    }

    /** Declares a body without a content type as JSON, and an empty body too. */
    private static void takeForJson(MultiMap headers) {
        if (headers.get(HttpHeaders.CONTENT_TYPE) == null) {
            headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
    }

    /** Empty elements of a list are ignored (RFC 9110 §5.6.1.2). Accept without a media range means any. */
    private static void dropEmptyMediaRanges(MultiMap headers) {
        List<String> ranges = headers.getAll(HttpHeaders.ACCEPT).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .filter(Predicate.not(String::isBlank))
                .toList();
        if (ranges.isEmpty()) {
            headers.remove(HttpHeaders.ACCEPT);
        } else {
            headers.set(HttpHeaders.ACCEPT, String.join(",", ranges));
        }
    }
}
