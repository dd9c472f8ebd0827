package dev.meetgate.http;

import io.smallrye.common.vertx.ContextLocals;

/** The path of the current request's resource method, such as {@code /v1/users/{user}/meetings}. */
public final class PathTemplate {

    /** The context local that Quarkus REST sets. */
    static final String LOCAL = "UrlPathTemplate";

    private PathTemplate() {}

    /** Empty if no resource method matched. */
    public static String current() {
        return ContextLocals.get(LOCAL, "");
    }
}
