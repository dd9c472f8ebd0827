package dev.meetgate.events;

import dev.meetgate.caller.Arrival;
import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.Cursor;
import dev.meetgate.http.NextLink;
import dev.meetgate.http.PageLimit;
import dev.meetgate.problem.Failure;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Singleton
@Authenticated
@Tag(name = "Events", description = "What happened to connections and connect links")
@Path("/v1/events")
@Produces(MediaType.APPLICATION_JSON)
class EventsResource {

    private static final Pattern WAIT =
            Pattern.compile("(?i)(?:^|[,;\\s])wait\\s*=\\s*\"?(?=\\d)0*+(\\d*+)\"?(?=$|[,;\\s])");

    /** Less than the time after which proxies and MeetGate close idle connections. */
    private static final long LONGEST_WAIT_SECONDS = 45;

    @Schema(
            description = "A part of the tenant's events",
            requiredProperties = {"items", "nextCursor"})
    record EventPage(
            @Schema(description = "The events, in the order in which they happened to each user")
            List<Event> items,

            @Schema(
                    description = "`after` of the next request, also when there are no more events now",
                    examples = "MTgw")
            String nextCursor) {}

    private final Caller caller;
    private final Feed feed;
    private final Events events;
    private final LongPoll longPoll;

    EventsResource(Caller caller, Feed feed, Events events, LongPoll longPoll) {
        this.caller = caller;
        this.feed = feed;
        this.events = events;
        this.longPoll = longPoll;
    }

    @GET
    @PermissionsAllowed("events:read")
    @SecurityRequirement(name = "apiKey", scopes = "events:read")
    @Operation(
            operationId = "listEvents",
            summary = "List the tenant's events",
            description = "Returns the events after a cursor. Start without one, and store `nextCursor` with what you"
                    + " did about the events: no event is left out or comes twice. Events stay for 30 days, unless the"
                    + " operator has set another time.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = EventPage.class)),
            headers = {
                @Header(
                        name = "Link",
                        description = "URL of the next request: `<...>; rel=\"next\"`",
                        required = true,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Preference-Applied",
                        description = "The wait that was granted",
                        schema = @Schema(type = SchemaType.STRING))
            })
    public Uni<RestResponse<EventPage>> events(
            @Parameter(
                            description = "`nextCursor` of the previous answer. Omit it to begin with the oldest event",
                            example = "MTgw")
                    @QueryParam("after")
                    @DefaultValue("")
                    String after,
            @Parameter(
                            description = "Return only events of these types, separated by commas. Default: all",
                            example = "dev.meetgate.connection.reconnect_required")
                    @QueryParam("types")
                    @Nullable
                    String types,
            @Parameter(description = "Return only events of this user. Default: all", example = "alice")
                    @QueryParam("user")
                    @Nullable
                    String user,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @Parameter(
                            description =
                                    "`wait=20` waits so many seconds, at most 45, until there is an event (RFC 7240)",
                            example = "wait=20")
                    @HeaderParam("Prefer")
                    @Nullable
                    String prefer,
            @Context UriInfo uri) {
        String tenant = caller.tenant().name();
        var wanted = new Feed.Wanted(
                tenant,
                types == null ? null : types(types),
                user == null ? null : User.of(tenant, user).id(),
                PageLimit.of(limit));
        long position = position(after);
        long wait = wait(prefer);
        if (wait == 0 || !events.join(tenant)) {
            return feed.after(position, wanted).map(page -> answer(page, uri, 0));
        }
        Duration granted = Arrival.current().orElseThrow().prolong(Duration.ofSeconds(wait));
        return longPoll.page(position, wanted, granted)
                .map(page -> answer(page, uri, wait))
                .onTermination()
                .invoke(() -> events.leave(tenant));
    }

    private static RestResponse<EventPage> answer(Feed.Page page, UriInfo uri, long wait) {
        String cursor = Cursor.of(Long.toString(page.next()));
        var answer = RestResponse.ResponseBuilder.ok(new EventPage(page.events(), cursor))
                .header("Link", NextLink.of(uri, "after", cursor));
        return (wait > 0 ? answer.header("Preference-Applied", "wait=" + wait) : answer).build();
    }

    private static List<String> types(String text) {
        List<String> types = List.of(text.split(",", -1));
        for (String type : types) {
            if (EventType.named(type).isEmpty()) {
                throw new Failure.InvalidRequest(
                        "types", "types must be some of %s.".formatted(String.join(",", EventType.types())));
            }
        }
        return types;
    }

    private static long position(String after) {
        try {
            return Cursor.number(after, 0);
        } catch (Failure.InvalidRequest unknown) {
            throw new Failure.InvalidRequest("after", "after must be the nextCursor of a previous answer.");
        }
    }

    /** The seconds that the caller prefers to wait. Unknown preferences are ignored. */
    private static long wait(@Nullable String prefer) {
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        if (!wait.find()) {
            return 0;
        }
        String seconds = wait.group(1);
        return seconds.length() > 2
                ? LONGEST_WAIT_SECONDS
                : Math.min(Long.parseLong("0" + seconds), LONGEST_WAIT_SECONDS);
    }
}
