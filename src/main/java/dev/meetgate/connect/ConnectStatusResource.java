package dev.meetgate.connect;

import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Tells an application how a walk goes that it has opened in a popup. The link's secret is the credential.
 */
@Singleton
@Path("/connect/{link}/status")
@Tag(ref = "Pages")
@Produces(MediaType.APPLICATION_JSON)
class ConnectStatusResource {

    @Schema(description = "How the walk of a connect link goes", requiredProperties = "status")
    record ConnectStatus(
            @Schema(
                    description =
                            "`open`: nobody is on the way. `pending`: a browser has gone to GoTo, or the consent must"
                                    + " still be finished. `connected`, `denied`, `failed`: how the last attempt ended."
                                    + " After `denied` or `failed`, the user may begin again while the link is valid."
                                    + " `expired`: the link's time is over. New values may be added",
                    examples = "connected")
            String status,

            @Schema(description = "What failed, as at the return URL", examples = "goto-unavailable") @Nullable
            String problem,

            @Schema(
                    description = "Who must act after the person has agreed at GoTo: `application`, which finishes"
                            + " with the code, or `person`, who is asked once more. Present while `status` is"
                            + " `pending` and the person is back from GoTo. New values may be added",
                    examples = "application")
            @Nullable
            String waitsFor) {}

    private final ConnectLinks links;
    private final AuthorizationRequests requests;
    private final Tenants tenants;

    ConnectStatusResource(ConnectLinks links, AuthorizationRequests requests, Tenants tenants) {
        this.links = links;
        this.requests = requests;
        this.tenants = tenants;
    }

    @GET
    @Operation(
            operationId = "getConnectStatus",
            summary = "Show how the walk of a connect link goes",
            description =
                    "For applications that open the link in a popup. Scripts of the origins of the tenant's return"
                            + " URLs may read the answer (CORS). The status stays for a day after the link's end.")
    @Extension(name = "x-problems", value = "not-found not-acceptable unavailable")
    @APIResponseSchema(value = ConnectStatus.class, responseDescription = "The status")
    public Uni<RestResponse<ConnectStatus>> status(
            @Parameter(description = "Secret of the link") @PathParam("link") String secret,
            @Parameter(description = "Set by browsers: the origin of the script that asks")
                    @HeaderParam("Origin")
                    @Nullable
                    String origin) {
        return links.find(Secret.of(secret)).flatMap(link -> {
            if (link == null) {
                throw new Failure.UnknownLink();
            }
            return status(link).map(status -> answer(status, link, origin));
        });
    }

    private Uni<ConnectStatus> status(StoredLink link) {
        if (link.outcome() != null) {
            String waitsFor = link.outcome() != Outcome.PENDING
                    ? null
                    : link.content().codeChallenge() == null ? "person" : "application";
            return Uni.createFrom()
                    .item(new ConnectStatus(
                            link.outcome().status(), link.outcome().problem(), waitsFor));
        }
        return requests.isUnderWay(link)
                .map(pending ->
                        new ConnectStatus(pending ? "pending" : link.isLive() ? "open" : "expired", null, null));
    }

    private RestResponse<ConnectStatus> answer(ConnectStatus status, StoredLink link, @Nullable String origin) {
        var answer = RestResponse.ResponseBuilder.ok(status).header(HttpHeaders.VARY, "Origin");
        if (origin != null && isOfTenant(origin, link.content().user().tenant())) {
            answer.header("Access-Control-Allow-Origin", origin);
        }
        return answer.build();
    }

    private boolean isOfTenant(String origin, String name) {
        Tenant tenant = tenants.named(name);
        return tenant != null
                && (tenant.mayReturnTo(origin)
                        || tenant.returnUrls().stream().anyMatch(url -> PublicUrl.origin(URI.create(url))
                                .equals(origin)));
    }
}
