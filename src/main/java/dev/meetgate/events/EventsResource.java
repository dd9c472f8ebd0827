package dev.meetgate.events;

import dev.meetgate.caller.Arrival;
import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.Cursor;
import dev.meetgate.http.PageLimit;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
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

    private static final Pattern WAIT = Pattern.compile("(?i)(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,4})\"?(?=$|[,;\\s])");

    /** Less than the time after which proxies and MeetGate close idle connections. */
    private static final long LONGEST_WAIT_SECONDS = 45;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

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
    private final Vertx vertx;

    EventsResource(Caller caller, Feed feed, Events events, Vertx vertx) {
        this.caller = caller;
        this.feed = feed;
        this.events = events;
        this.vertx = vertx;
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
        long wait = wait(prefer);
        Duration granted = Arrival.current().orElseThrow().prolong(Duration.ofSeconds(wait));
        long end = System.nanoTime() + granted.toNanos();
        return read(position(after), wanted, end, FIRST_PAUSE).map(page -> answer(page, uri, wait));
    }

    private Uni<Feed.Page> read(long position, Feed.Wanted wanted, long end, Duration pause) {
        return feed.after(position, wanted).flatMap(page -> {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (!page.events().isEmpty() || left.isNegative() || left.isZero() || events.isStopping()) {
                return Uni.createFrom().item(page);
            }
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            return events.next(wanted.tenant(), left.compareTo(pause) < 0 ? left : pause)
                    .emitOn(CallersContext.of(vertx))
                    .flatMap(woken -> read(
                            page.next(), wanted, end, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE));
        });
    }

    private static RestResponse<EventPage> answer(Feed.Page page, UriInfo uri, long wait) {
        String cursor = Cursor.of(Long.toString(page.next()));
        URI next = UriBuilder.fromUri(uri.getRequestUri())
                .replaceQueryParam("after", cursor)
                .build();
        var answer = RestResponse.ResponseBuilder.ok(new EventPage(page.events(), cursor))
                .header("Link", "<%s?%s>; rel=\"next\"".formatted(next.getRawPath(), next.getRawQuery()));
        return (wait > 0 ? answer.header("Preference-Applied", "wait=" + wait) : answer).build();
    }

    private static List<String> types(String text) {
        List<String> types = List.of(text.split(","));
        for (String type : types) {
            if (EventType.named(type).isEmpty()) {
                throw new Failure.InvalidRequest(
                        "types", "types must be some of %s.".formatted(String.join(",", EventType.types())));
            }
        }
        return types;
    }

    private static long position(String after) {
        if (after.isEmpty()) {
            return 0;
        }
        if (!after.matches("[A-Za-z0-9_-]{2,24}") || !Cursor.position(after).matches("\\d{1,18}")) {
            throw new Failure.InvalidRequest("after", "after must be the nextCursor of a previous answer.");
        }
        return Long.parseLong(Cursor.position(after));
    }

    /** The seconds that the caller prefers to wait. Unknown preferences are ignored. */
    private static long wait(@Nullable String prefer) {
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        return wait.find() ? Math.min(Long.parseLong(wait.group(1)), LONGEST_WAIT_SECONDS) : 0;
    }
}
