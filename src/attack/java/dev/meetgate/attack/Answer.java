package dev.meetgate.attack;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An answer of the target.
 *
 * @param request the start of the request, for messages
 * @param headers by their names in lower case
 */
record Answer(String request, int status, Map<String, List<String>> headers, String body) {

    private static final int SHOWN = 600;

    String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    boolean has(String header) {
        return headers.containsKey(header);
    }

    JsonObject json() {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException noObject) {
            throw failure("the body is no JSON object");
        }
    }

    /** Fails unless the answer has one of these statuses. */
    Answer is(int... statuses) {
        return check(
                Arrays.stream(statuses).anyMatch(known -> known == status), "expected " + Arrays.toString(statuses));
    }

    /** Fails unless the answer is a complete problem (RFC 9457) with one of these codes. */
    Answer isProblem(int expected, String... codes) {
        is(expected);
        check(header("content-type").startsWith("application/problem+json"), "no problem");
        JsonObject problem = json();
        String code = problem.getString("code");
        check(List.of(codes).contains(code), "expected the code " + String.join(" or ", codes));
        check(("urn:meetgate:problem:" + code).equals(problem.getString("type")), "type");
        check(problem.getInteger("status") == status, "the problem's status");
        check(problem.getString("instance", "").startsWith("urn:uuid:"), "instance");
        for (String member : List.of("title", "detail", "retryable")) {
            check(problem.containsKey(member), member + " is missing");
        }
        return this;
    }

    /** Fails if the target had an error. */
    Answer isNoError() {
        return check(status < 500, "an error of the target");
    }

    Answer check(boolean condition, String expectation) {
        if (!condition) {
            throw failure(expectation);
        }
        return this;
    }

    AssertionError failure(String expectation) {
        return new AssertionError("%s%n    asked: %s%n    answer: %s"
                .formatted(expectation, oneLine(request), oneLine(status + " " + body + " " + headers)));
    }

    static String oneLine(String text) {
        String line = text.replace("\r\n", "⏎").replaceAll("\\p{Cntrl}", "·");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
