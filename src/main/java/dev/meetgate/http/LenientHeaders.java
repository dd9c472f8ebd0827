package dev.meetgate.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Stream;

/** Mends headers that RFC 9110 allows and over which JAX-RS fails. */
final class LenientHeaders {

    private LenientHeaders() {}

    static void mend(HttpMethod method, MultiMap headers) {
        takeForJson(method, headers);
        dropSpaceBeforeParameters(headers);
        dropEmptyMediaRanges(headers);
        join("Prefer", headers);
    }

    /** Declares a body without a content type as JSON, and an empty body too. */
    private static void takeForJson(HttpMethod method, MultiMap headers) {
        boolean hasNoBody = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (hasNoBody || headers.get(HttpHeaders.CONTENT_TYPE) == null) {
            headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
    }

    /** RFC 9110 §5.6.6 allows spaces there, too. */
    private static void dropSpaceBeforeParameters(MultiMap headers) {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type.contains(" ;") || type.contains("\t;")) {
            headers.set(HttpHeaders.CONTENT_TYPE, type.replaceFirst("^([^; \t]+)[ \t]+;", "$1;"));
        }
    }

    /** Empty elements of a list are ignored (RFC 9110 §5.6.1.2). Accept without a media range means any. */
    private static void dropEmptyMediaRanges(MultiMap headers) {
        List<String> ranges = headers.getAll(HttpHeaders.ACCEPT).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .filter(LenientHeaders::namesARange)
                .toList();
        if (ranges.isEmpty()) {
            headers.remove(HttpHeaders.ACCEPT);
        } else {
            headers.set(HttpHeaders.ACCEPT, String.join(",", ranges));
        }
    }

    /** Several lines are one list (RFC 7240 §2). JAX-RS would read the first. */
    private static void join(String header, MultiMap headers) {
        List<String> lines = headers.getAll(header);
        if (lines.size() > 1) {
            headers.set(header, String.join(",", lines));
        }
    }

    private static boolean namesARange(String element) {
        return !element.isBlank() && !element.strip().startsWith(";");
    }
}
