package dev.meetgate.pages;

import dev.meetgate.problem.RequestId;
import io.vertx.core.Vertx;
import java.util.Objects;

/** What a person reads to support: the problem, and enough of the request's id to find it in the log. */
public record SupportCode(String problem, String request) {

    private static final int LENGTH_OF_A_UUID = 36;
    private static final int SHORT = 8;

    public static SupportCode of(String problem) {
        String id = RequestId.of(Objects.requireNonNull(Vertx.currentContext()));
        return new SupportCode(problem, id.length() == LENGTH_OF_A_UUID ? id.substring(0, SHORT) : id);
    }

    @Override
    public String toString() {
        return problem + " " + request;
    }
}
