package dev.meetgate.raw;

import dev.meetgate.gotoapi.GoToCall;
import dev.meetgate.gotoapi.GoToChange;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/")
@Consumes(MediaType.WILDCARD)
interface GoToRawApi {

    @GET
    Uni<RestResponse<byte[]>> get(
            @NotBody GoToCall call, @Url String address, @HeaderParam(HttpHeaders.ACCEPT) String accept);

    @POST
    Uni<RestResponse<byte[]>> post(
            @NotBody GoToChange change,
            @Url String address,
            @HeaderParam(HttpHeaders.ACCEPT) String accept,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            byte[] body);

    @PUT
    Uni<RestResponse<byte[]>> put(
            @NotBody GoToChange change,
            @Url String address,
            @HeaderParam(HttpHeaders.ACCEPT) String accept,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            byte[] body);

    @DELETE
    Uni<RestResponse<byte[]>> delete(
            @NotBody GoToChange change, @Url String address, @HeaderParam(HttpHeaders.ACCEPT) String accept);
}
