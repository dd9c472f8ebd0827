package dev.meetgate.audit;

import dev.meetgate.audit.TenantEntries.Entry;
import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.Cursor;
import dev.meetgate.http.NextLink;
import dev.meetgate.http.PageLimit;
import dev.meetgate.http.RequestTime;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
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

/** The audit of a tenant. */
@Singleton
@Authenticated
@Tag(name = "Audit", description = "Who did what")
@Path("/v1/audit")
class AuditResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;
    private static final MediaType LINES = MediaType.valueOf(NDJSON);

    @Schema(description = "A page of the tenant's audit", requiredProperties = "items")
    record AuditPage(
            @Schema(description = "The entries, oldest first")
            List<AuditEntry> items,

            @Schema(description = "`cursor` of the next page. Absent on the last page", examples = "MTgw") @Nullable
            String nextCursor) {}

    private final Caller caller;
    private final TenantEntries entries;

    AuditResource(Caller caller, TenantEntries entries) {
        this.caller = caller;
        this.entries = entries;
    }

    @GET
    @PermissionsAllowed("audit:read")
    @SecurityRequirement(name = "apiKey", scopes = "audit:read")
    @Produces({MediaType.APPLICATION_JSON, NDJSON})
    @Operation(
            operationId = "listAuditEntries",
            summary = "List the tenant's audit entries",
            description =
                    "Returns the entries of the audit, oldest first. With `Accept: application/x-ndjson` each line"
                            + " is an entry, and the header `Link` leads to the next page. Each entry has the hash of the one"
                            + " before, so that a copy of the whole list can be verified. An entry of a call that GoTo"
                            + " is working on comes with its outcome, at the latest after ten minutes.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = AuditPage.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = AuditEntry.class))
            },
            headers =
                    @Header(
                            name = "Link",
                            description = "URL of the next page, if there is one: `<...>; rel=\"next\"`",
                            schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> entries(
            @Parameter(
                            description = "Return only entries of this time or later",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"),
                            example = "2027-01-15T00:00:00Z")
                    @QueryParam("since")
                    @Nullable
                    String since,
            @Parameter(
                            description = "Return only entries before this time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"),
                            example = "2027-01-16T00:00:00Z")
                    @QueryParam("until")
                    @Nullable
                    String until,
            @Parameter(description = "Return only entries of this user. Default: all", example = "alice")
                    @QueryParam("user")
                    @Nullable
                    String user,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        String tenant = caller.tenant().name();
        int size = PageLimit.of(limit);
        var wanted = new TenantEntries.Wanted(
                tenant,
                Cursor.number(cursor, 0),
                time("since", since),
                time("until", until),
                user == null ? null : User.of(tenant, user).id(),
                size + 1);
        boolean asLines = prefersLines(headers.getAcceptableMediaTypes());
        return entries.find(wanted).map(found -> answer(found, size, asLines, uri));
    }

    /** @param accepted most wanted first */
    private static boolean prefersLines(List<MediaType> accepted) {
        return accepted.stream()
                .filter(type -> JSON.isCompatible(type) || LINES.isCompatible(type))
                .findFirst()
                .filter(type -> !JSON.isCompatible(type))
                .isPresent();
    }

    private static RestResponse<String> answer(List<Entry> found, int size, boolean asLines, UriInfo uri) {
        List<Entry> page = found.size() > size ? found.subList(0, size) : found;
        String next =
                found.size() > size ? Cursor.of(Long.toString(page.get(size - 1).position())) : null;
        var answer = RestResponse.ResponseBuilder.ok(asLines ? lines(page) : json(page, next))
                .type(asLines ? NDJSON : MediaType.APPLICATION_JSON);
        if (next != null) {
            answer.header("Link", NextLink.of(uri, "cursor", next));
        }
        return answer.build();
    }

    private static String lines(List<Entry> page) {
        return page.stream().map(entry -> entry.line() + "\n").collect(Collectors.joining());
    }

    private static String json(List<Entry> page, @Nullable String next) {
        return page.stream()
                .map(Entry::line)
                .collect(Collectors.joining(
                        ",", "{\"items\":[", next == null ? "]}" : "],\"nextCursor\":\"%s\"}".formatted(next)));
    }

    private static @Nullable OffsetDateTime time(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Instant time = RequestTime.exact(field, text);
        return time.atOffset(ZoneOffset.UTC);
    }
}
