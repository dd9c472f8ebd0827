package dev.meetgate.openapi;

import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/** One method of one path, and what its address tells about it. */
record ApiOperation(String path, HttpMethod method, Operation description) {

    private static final String OF_A_USER = "/v1/users/{user}/";
    private static final String CONNECTION = OF_A_USER + "connection";
    private static final String MEETINGS = OF_A_USER + "meetings";
    private static final String RAW = OF_A_USER + "goto/{path}";

    /** What is about a user and does not ask GoTo. */
    private static final Set<String> LOCAL = Set.of(CONNECTION, OF_A_USER + "connect-links");

    /** What tenants' services call; the rest is for browsers. */
    boolean isForServices() {
        return path.startsWith("/v1/");
    }

    boolean callsGoTo() {
        return path.startsWith(OF_A_USER) && !LOCAL.contains(path);
    }

    boolean isRaw() {
        return path.equals(RAW);
    }

    /** Done twice, it makes two of what GoTo makes. */
    boolean mayNotBeRepeated() {
        return method == HttpMethod.POST && (path.equals(MEETINGS) || isRaw());
    }

    boolean showsConnection() {
        return path.equals(CONNECTION) && method == HttpMethod.GET;
    }

    /** By an id of GoTo's that is no meeting's, or by a path. */
    boolean isAboutOthersThanMeetings() {
        return path.startsWith(OF_A_USER + "organizers/")
                || path.startsWith(OF_A_USER + "groups/")
                || path.startsWith(OF_A_USER + "sessions/")
                || isRaw();
    }

    boolean takes(String parameter) {
        List<Parameter> parameters = description.getParameters();
        return parameters != null && parameters.stream().map(Parameter::getName).anyMatch(parameter::equals);
    }

    boolean takesJson() {
        RequestBody body = description.getRequestBody();
        return body != null && body.getContent().hasMediaType("application/json");
    }
}
