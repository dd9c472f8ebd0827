package dev.meetgate.raw;

import dev.meetgate.audit.Action;
import dev.meetgate.caller.Caller;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.GoToChange;
import dev.meetgate.gotoapi.GoToClients;
import dev.meetgate.problem.Failure;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Calls GoTo's API by its own paths. Passes successful answers on and answers errors as problems. */
@Singleton
@Authenticated
@Tag(
        name = "Raw calls",
        description = "GoTo's own paths, for what MeetGate has no operation for. A success is passed on as GoTo"
                + " answered it")
@APIResponse(responseCode = "2XX", description = "GoTo's answer")
@Extension(name = "x-problems", value = "not-found goto-unavailable")
@Path("/v1/users/{user}/goto/{path: .+}")
class RawResource {

    private static final String WRITTEN =
            "Sends the request with the user's access token. The path must be one that GoTo documents below"
                    + " `G2M/rest/` or `admin/rest/`, with this method; its format and its answers are GoTo's. An"
                    + " error is answered as a problem. Costs one request to GoTo.";

    private static final String READ = WRITTEN + " It is repeated when GoTo does not answer.";

    private static final String POSTED = WRITTEN
            + " It is never repeated: when the answer is lost, the problem is a"
            + " `goto-unavailable` that is not retryable, because GoTo may have executed"
            + " the request.";

    private static final byte[] NOTHING = {};

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToClients clients;
    private final GoToRawApi api;

    RawResource(Caller caller, GoToCalls goTo, GoToClients clients) {
        this.caller = caller;
        this.goTo = goTo;
        this.clients = clients;
        this.api = clients.of(GoToRawApi.class);
    }

    @GET
    @PermissionsAllowed("goto:raw")
    @SecurityRequirement(name = "apiKey", scopes = "goto:raw")
    @Operation(operationId = "getFromGoTo", summary = "Send a GET request to GoTo", description = READ)
    public Uni<RestResponse<byte[]>> get(
            @PathParam("user") String user, @PathParam("path") String path, @Context HttpServerRequest request) {
        RawRequest raw = RawRequest.of(HttpMethod.GET, path, request);
        String started = Fence.startedMeeting(raw.path());
        return started == null
                ? passedOn(goTo.call(caller.user(user), call -> api.get(call, address(raw), raw.accept())), raw)
                : passedOn(
                        goTo.change(
                                caller.user(user),
                                Action.MEETING_START,
                                started,
                                start -> known(api.get(start, address(raw), raw.accept()))),
                        raw);
    }

    @POST
    @PermissionsAllowed("goto:raw")
    @SecurityRequirement(name = "apiKey", scopes = "goto:raw")
    @Operation(operationId = "postToGoTo", summary = "Send a POST request to GoTo", description = POSTED)
    @Extension(name = "x-problems", value = "not-found goto-unavailable goto-unavailable-outcome-unknown")
    public Uni<RestResponse<byte[]>> post(
            @PathParam("user") String user,
            @PathParam("path") String path,
            @Context HttpServerRequest request,
            @RequestBody(required = false) byte @Nullable [] body) {
        RawRequest raw = RawRequest.of(HttpMethod.POST, path, request);
        byte[] sent = body == null ? NOTHING : body;
        return change(
                user,
                raw,
                Action.RAW_POST,
                change -> api.post(change, address(raw), raw.accept(), raw.contentTypeOf(sent), sent));
    }

    @PUT
    @PermissionsAllowed("goto:raw")
    @SecurityRequirement(name = "apiKey", scopes = "goto:raw")
    @Operation(operationId = "putToGoTo", summary = "Send a PUT request to GoTo", description = WRITTEN)
    public Uni<RestResponse<byte[]>> put(
            @PathParam("user") String user,
            @PathParam("path") String path,
            @Context HttpServerRequest request,
            @RequestBody(required = false) byte @Nullable [] body) {
        RawRequest raw = RawRequest.of(HttpMethod.PUT, path, request);
        byte[] sent = body == null ? NOTHING : body;
        return change(
                user,
                raw,
                Action.RAW_PUT,
                change -> api.put(change, address(raw), raw.accept(), raw.contentTypeOf(sent), sent));
    }

    @DELETE
    @PermissionsAllowed("goto:raw")
    @SecurityRequirement(name = "apiKey", scopes = "goto:raw")
    @Operation(operationId = "deleteAtGoTo", summary = "Send a DELETE request to GoTo", description = WRITTEN)
    public Uni<RestResponse<byte[]>> delete(
            @PathParam("user") String user, @PathParam("path") String path, @Context HttpServerRequest request) {
        RawRequest raw = RawRequest.of(HttpMethod.DELETE, path, request);
        return change(user, raw, Action.RAW_DELETE, change -> api.delete(change, address(raw), raw.accept()));
    }

    private Uni<RestResponse<byte[]>> change(
            String user, RawRequest raw, Action action, Function<GoToChange, Uni<RestResponse<byte[]>>> request) {
        return passedOn(
                goTo.change(caller.user(user), action, raw.path(), change -> known(request.apply(change))), raw);
    }

    private static Uni<RestResponse<byte[]>> passedOn(Uni<RestResponse<byte[]>> answer, RawRequest raw) {
        return known(answer)
                .map(success -> passedOn(success, raw))
                .onFailure(Failure.RejectedByGoTo.class)
                .transform(rejected -> rejected.naming(rejected.member()));
    }

    private static <T> Uni<T> known(Uni<T> answer) {
        return answer.onFailure(Failure.MeetingNotFound.class)
                .transform(notFound -> new Failure.UnknownAtGoTo("path, or the user has no access to it"));
    }

    /** The caller of a POST must learn that GoTo may have executed it. */
    private static RestResponse<byte[]> passedOn(RestResponse<byte[]> answer, RawRequest raw) {
        try {
            return RawAnswer.of(answer);
        } catch (Failure.GoToUnavailable unfit) {
            throw raw.method().equals(HttpMethod.POST) ? new Failure.OutcomeUnknown(unfit) : unfit;
        }
    }

    private String address(RawRequest raw) {
        return clients.address(raw.target());
    }
}
