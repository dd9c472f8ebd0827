package dev.meetgate.raw;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Bearer;
import dev.meetgate.vault.GoToAnswer;
import dev.meetgate.vault.GoToCalls;
import dev.meetgate.vault.GoToHttp;
import dev.meetgate.vault.GoToRequest;
import io.quarkus.security.Authenticated;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Calls GoTo's API by its own paths, for what has no typed call. A success comes back as GoTo gave it, an error as our problem. */
@Singleton
@Authenticated
@Tag(
        name = "Raw calls",
        description =
                "GoTo's API by its own paths, for what has no operation of ours. A success comes back as GoTo gave it")
@APIResponse(responseCode = "2XX", description = "As GoTo answered")
@Path("/v1/users/{user}/goto/{path: .+}")
class RawResource {

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToHttp http;

    RawResource(Caller caller, GoToCalls goTo, GoToHttp http) {
        this.caller = caller;
        this.goTo = goTo;
        this.http = http;
    }

    @GET
    @Operation(operationId = "getFromGoTo", summary = "Read something at GoTo")
    public Uni<RestResponse<byte[]>> get(
            @PathParam("user") String user, @PathParam("path") String path, @Context HttpServerRequest request) {
        return call(user, RawRequest.of(HttpMethod.GET, path, request, null));
    }

    @POST
    @Operation(operationId = "postToGoTo", summary = "Create or do something at GoTo")
    public Uni<RestResponse<byte[]>> post(
            @PathParam("user") String user,
            @PathParam("path") String path,
            @Context HttpServerRequest request,
            @RequestBody(required = false) byte @Nullable [] body) {
        return call(user, RawRequest.of(HttpMethod.POST, path, request, body));
    }

    @PUT
    @Operation(operationId = "putToGoTo", summary = "Change something at GoTo")
    public Uni<RestResponse<byte[]>> put(
            @PathParam("user") String user,
            @PathParam("path") String path,
            @Context HttpServerRequest request,
            @RequestBody(required = false) byte @Nullable [] body) {
        return call(user, RawRequest.of(HttpMethod.PUT, path, request, body));
    }

    @DELETE
    @Operation(operationId = "deleteAtGoTo", summary = "Delete something at GoTo")
    public Uni<RestResponse<byte[]>> delete(
            @PathParam("user") String user, @PathParam("path") String path, @Context HttpServerRequest request) {
        return call(user, RawRequest.of(HttpMethod.DELETE, path, request, null));
    }

    private Uni<RestResponse<byte[]>> call(String userId, GoToRequest request) {
        var user = caller.user(userId);
        Function<Bearer, Uni<GoToAnswer>> call = bearer -> http.send(bearer, request)
                .map(answer -> answer.orFailIfItRepeats(bearer))
                .map(GoToAnswer::orFail);
        return sent(user, request.method(), call)
                // What we do not pass on is an answer all the same.
                .map(answer -> passedOn(answer, request))
                .onFailure(Failure.MeetingNotFound.class)
                .transform(notFound -> new Failure.UnknownAtGoTo("path, or not for this user"));
    }

    /** Whoever does not get the answer to a POST must not take it for one that GoTo has not executed. */
    private static RestResponse<byte[]> passedOn(GoToAnswer answer, GoToRequest request) {
        try {
            return RawAnswer.of(answer);
        } catch (Failure.GoToUnavailable unfit) {
            throw request.method().equals(HttpMethod.POST) ? new Failure.OutcomeUnknown(unfit) : unfit;
        }
    }

    private <T> Uni<T> sent(User user, HttpMethod method, Function<Bearer, Uni<T>> call) {
        if (method.equals(HttpMethod.GET)) {
            return goTo.reading(user, call);
        }
        return method.equals(HttpMethod.POST) ? goTo.once(user, call) : goTo.onBehalfOf(user, call);
    }
}
