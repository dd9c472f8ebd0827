package dev.meetgate.openapi;

import dev.meetgate.caller.RequestTimeout;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToId;
import dev.meetgate.http.PageLimit;
import dev.meetgate.raw.Fence;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Describes the parameters that mean the same in every operation. */
final class Parameters {

    private static final String ETAG = "\"33a64df551425fcc55e4d42a148795d9\"";
    private static final String KEY = "1234567890123456789";

    private Parameters() {}

    static void describe(ApiOperation operation) {
        if (operation.isForServices()) {
            operation.description().addParameter(requestTimeout());
        }
        if (operation.description().getParameters() != null) {
            operation.description().getParameters().forEach(Parameters::describe);
        }
    }

    private static void describe(Parameter parameter) {
        switch (parameter.getName()) {
            case "user" ->
                describe(
                        parameter,
                        "Your own id of the person. It must not contain control characters. Percent-encode it: `|` is"
                                + " `%7C`, `;` is `%3B`. The ids `.` and `..` cannot be used",
                        text().minLength(1).maxLength(User.MAX_LENGTH),
                        "alice");
            case "limit" ->
                describe(parameter, "Maximum number of items on the page", limit(), Integer.valueOf(PageLimit.DEFAULT));
            case "cursor" ->
                describe(
                        parameter,
                        "`nextCursor` of the previous page of the same list. Omit it for the first page",
                        text(),
                        "YWxpY2U");
            case "meetingId" -> describe(parameter, "`id` of the meeting", goToId(), "4815162342");
            case "sessionId" -> describe(parameter, "`id` of the session, from the history", goToId(), "2718281828");
            case "session" ->
                describe(
                        parameter,
                        "Return only this session's attendances: its `id` from the history. Default: all sessions",
                        goToId(),
                        "2718281828");
            case "organizerKey" -> describe(parameter, "GoTo's user key of the organizer", goToId(), KEY);
            case "organizer" ->
                describe(
                        parameter,
                        "GoTo's user key of the session's organizer. Default: the user's own key",
                        goToId(),
                        KEY);
            case "groupKey" -> describe(parameter, "GoTo's key of the group", goToId(), "3141592653");
            case "from" ->
                describe(parameter, "Start of the range, in any time zone", dateTime(), "2026-01-01T00:00:00Z")
                        .required(true);
            case "to" ->
                describe(parameter, "End of the range, exclusive. Default: now", dateTime(), "2026-02-01T00:00:00Z");
            case "path" ->
                describe(
                        parameter,
                        "Path of the resource at GoTo, with plain slashes. The query is passed on",
                        text().pattern("^" + Fence.PATH_PATTERN + "$"),
                        "G2M/rest/upcomingMeetings");
            case "If-None-Match" ->
                describe(
                        parameter,
                        "`ETag` of the state that you have. While the meeting is in that state, the answer is 304",
                        text(),
                        ETAG);
            case "If-Match" ->
                describe(
                        parameter,
                        "`ETag` of the expected state. When the meeting is in another state, the answer is 412"
                                + " and nothing is changed. GoTo has no such check, so that a change in the last"
                                + " moment can go unnoticed",
                        text(),
                        ETAG);
            default -> {
                // Described where it is declared.
            }
        }
    }

    private static Parameter requestTimeout() {
        return describe(
                OASFactory.createParameter().name("Request-Timeout").in(Parameter.In.HEADER),
                "How many seconds you wait for the answer. The call answers by then, unless its description says otherwise; when GoTo's rate limit"
                        + " would make you wait longer, the answer is 429 at once",
                OASFactory.createSchema()
                        .type(List.of(SchemaType.NUMBER))
                        .exclusiveMinimum(BigDecimal.ZERO)
                        .maximum(BigDecimal.valueOf(RequestTimeout.LONGEST_SECONDS)),
                2.5);
    }

    private static Parameter describe(Parameter parameter, String description, Schema schema, Object example) {
        return parameter.description(description).schema(schema).example(example);
    }

    private static Schema limit() {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.INTEGER))
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(PageLimit.LARGEST))
                .defaultValue(Integer.valueOf(PageLimit.DEFAULT));
    }

    private static Schema goToId() {
        return text().pattern("^" + GoToId.PATTERN + "$");
    }

    private static Schema dateTime() {
        return text().format("date-time");
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }
}
