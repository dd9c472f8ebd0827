package dev.meetgate.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Describes each response header once, and adds it to the responses that have it. */
final class Headers {

    static final String LOCATION = "Location";
    static final String RETRY_AFTER = "Retry-After";
    static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    private static final String ETAG = "ETag";
    private static final String CACHE_CONTROL = "Cache-Control";

    /** Not required: a response that did not need a request to GoTo has none. */
    private static final List<String> RATE_LIMITS = List.of("RateLimit", "RateLimit-Policy");

    private Headers() {}

    static void describe(Components components) {
        components
                .addHeader(LOCATION, location())
                .addHeader(RETRY_AFTER, required("Seconds to wait before the next attempt", SchemaType.INTEGER))
                .addHeader(WWW_AUTHENTICATE, required("The authentication scheme, `Bearer`", SchemaType.STRING))
                .addHeader(
                        ETAG,
                        required(
                                "Entity tag of the meeting's current state, for `If-Match` and `If-None-Match`",
                                SchemaType.STRING))
                .addHeader(CACHE_CONTROL, required("`no-store`: the response must not be cached", SchemaType.STRING))
                .addHeader(
                        RATE_LIMITS.get(0),
                        header("Requests to GoTo that are left (`r`) in the next `t` seconds: `\"goto\";r=7;t=1`"))
                .addHeader(
                        RATE_LIMITS.get(1),
                        header("Maximum number of requests to GoTo (`q`) in `w` seconds: `\"goto\";q=8;w=1`"));
    }

    static void addTo(ApiOperation operation) {
        operation.description().getResponses().getAPIResponses().forEach((status, answer) -> {
            if (!operation.isFile()) {
                add(answer, CACHE_CONTROL);
            }
            if (operation.callsGoTo()) {
                RATE_LIMITS.forEach(name -> add(answer, name));
            }
            if (operation.takes("If-None-Match")) {
                add(answer, ETAG);
            }
            if (status.equals("303")) {
                add(answer, LOCATION);
            }
            if (status.equals("503")) {
                add(answer, RETRY_AFTER);
            }
        });
    }

    static void add(APIResponse answer, String name) {
        answer.addHeader(name, OASFactory.createHeader().ref(name));
    }

    private static Header location() {
        return OASFactory.createHeader()
                .description("URL of the new resource, or of the next page")
                .required(true)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING).format("uri-reference"));
    }

    private static Header required(String description, SchemaType type) {
        return OASFactory.createHeader()
                .description(description)
                .required(true)
                .schema(OASFactory.createSchema().addType(type));
    }

    private static Header header(String description) {
        return required(description, SchemaType.STRING).required(false);
    }
}
