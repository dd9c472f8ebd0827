package dev.meetgate.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The headers of answers, each described once, and which answers have them by rule. */
final class Headers {

    static final String LOCATION = "Location";
    static final String RETRY_AFTER = "Retry-After";
    static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    static final String ALLOW = "Allow";

    private static final String ETAG = "ETag";
    private static final String CACHE_CONTROL = "Cache-Control";

    /** Only a caller that had its turn at GoTo is told of it, so they are not required. */
    private static final List<String> RATE_LIMITS = List.of("RateLimit", "RateLimit-Policy");

    private Headers() {}

    static void describe(Components components) {
        components
                .addHeader(LOCATION, location())
                .addHeader(ALLOW, required("The methods that the address takes", SchemaType.STRING))
                .addHeader(RETRY_AFTER, required("Seconds after which to try again", SchemaType.INTEGER))
                .addHeader(WWW_AUTHENTICATE, required("The scheme of the credential, `Bearer`", SchemaType.STRING))
                .addHeader(ETAG, required("Names the meeting as it is now, for `If-Match`", SchemaType.STRING))
                .addHeader(CACHE_CONTROL, required("`no-store`: it is for you alone", SchemaType.STRING))
                .addHeader(
                        RATE_LIMITS.get(0),
                        header("How many calls would reach GoTo within the next `t` seconds: `\"goto\";r=7;t=1`"))
                .addHeader(RATE_LIMITS.get(1), header("What GoTo is asked at most: `\"goto\";q=8;w=1`"));
    }

    static void addTo(ApiOperation operation) {
        operation.description().getResponses().getAPIResponses().forEach((status, answer) -> {
            add(answer, CACHE_CONTROL);
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
                .description("Where it is, or where to go on")
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
