package dev.meetgate.openapi;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The parameters that mean the same wherever they occur. */
final class Parameters {

    private static final String ETAG = "\"33a64df551425fcc55e4d42a148795d9\"";
    private static final String KEY = "1234567890123456789";

    private Parameters() {}

    static void describe(ApiOperation operation) {
        if (operation.callsGoTo()) {
            operation.description().addParameter(requestTimeout());
        }
        if (operation.description().getParameters() != null) {
            operation.description().getParameters().forEach(Parameters::describe);
        }
    }

    private static void describe(Parameter parameter) {
        switch (parameter.getName()) {
            case "user" ->
                is(parameter, "Your own id for the person, without control characters", "alice")
                        .schema(text().minLength(1).maxLength(200));
            case "limit" ->
                is(parameter, "How many items the page has at most", 50).schema(limit());
            case "cursor" ->
                is(parameter, "The `nextCursor` of the page before, of the same list; absent for the first", "YWxpY2U")
                        .schema(text());
            case "meetingId" -> isGoToId(parameter, "The meeting's `id`", "4815162342");
            case "sessionId" -> isGoToId(parameter, "The session's `id`, as in the history", "2718281828");
            case "session" -> isGoToId(parameter, "That session alone, by its `id` as in the history", "2718281828");
            case "organizerKey" -> isGoToId(parameter, "The organizer's user key of GoTo", KEY);
            case "organizer" ->
                isGoToId(
                        parameter, "Whose session it is: an organizer's user key of GoTo; absent: the user's own", KEY);
            case "groupKey" -> isGoToId(parameter, "The group's key of GoTo", "3141592653");
            case "from" ->
                is(parameter, "Begin of the range, in any time zone", "2026-01-01T00:00:00Z")
                        .required(true)
                        .schema(text().format("date-time"));
            case "to" ->
                is(
                                parameter,
                                "End of the range, exclusive, at most ten years after its begin; now, if left out",
                                "2026-02-01T00:00:00Z")
                        .schema(text().format("date-time"));
            case "path" ->
                is(
                                parameter,
                                "The path at GoTo, with slashes as they are; the query goes along",
                                "G2M/rest/upcomingMeetings")
                        .schema(text().pattern("^(G2M|admin)/rest(/[A-Za-z0-9_-]{1,100}){1,10}$"));
            case "If-None-Match" ->
                is(parameter, "An `ETag` that you have: 304 if it is still the one", ETAG)
                        .schema(text());
            case "If-Match" ->
                is(
                                parameter,
                                "The `ETag` of the meeting that you mean: nothing is changed if it is another by then. Best"
                                        + " effort, as GoTo itself has no such condition",
                                ETAG)
                        .schema(text());
            default -> {
                // Described where it is declared.
            }
        }
    }

    private static Parameter requestTimeout() {
        return is(
                        OASFactory.createParameter().name("Request-Timeout").in(Parameter.In.HEADER),
                        "How many seconds you wait. Who would wait longer for a turn at GoTo gets 429 at once",
                        2.5)
                .schema(OASFactory.createSchema()
                        .type(List.of(SchemaType.NUMBER))
                        .exclusiveMinimum(BigDecimal.ZERO)
                        .maximum(BigDecimal.valueOf(300)));
    }

    private static void isGoToId(Parameter parameter, String description, String example) {
        is(parameter, description, example).schema(text().pattern("^[1-9][0-9]{0,18}$"));
    }

    private static Parameter is(Parameter parameter, String description, Object example) {
        return parameter.description(description).example(example);
    }

    private static Schema limit() {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.INTEGER))
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(200))
                .defaultValue(50);
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }
}
