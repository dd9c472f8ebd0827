package dev.meetgate.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The HTTP methods that MeetGate knows. Callers can make up any others. */
final class Methods {

    private static final Set<HttpMethod> KNOWN = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private Methods() {}

    static boolean isKnown(HttpMethod method) {
        return KNOWN.contains(method);
    }

    static List<String> names() {
        var names = new TreeSet<String>();
        KNOWN.forEach(method -> names.add(method.name()));
        return List.copyOf(names);
    }
}
