package dev.meetgate.events;

import dev.meetgate.caller.Arrival;
import dev.meetgate.caller.Caller;
import dev.meetgate.caller.Deadlines;
import dev.meetgate.http.PageLimit;
import dev.meetgate.http.RequestChoice;
import dev.meetgate.http.RequestTime;
import dev.meetgate.problem.Failure;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

@Singleton
@Authenticated
@Tag(ref = "Events")
@Path("/v1/webhook")
@Produces(MediaType.APPLICATION_JSON)
class WebhookResource {

    @Schema(description = "A page of deliveries", requiredProperties = "items")
    record DeliveryPage(
            @Schema(description = "The deliveries, the newest event first")
            List<Delivery> items,

            @Schema(description = "`cursor` of the next page. Absent on the last page", examples = "YWxpY2U") @Nullable
            String nextCursor,

            @Schema(
                    description =
                            "Since when nothing is sent, because the receiver answered 410 or all attempts failed",
                    examples = "2027-01-18T12:00:00Z")
            @Nullable
            Instant disabledAt) {}

    @Schema(
            name = "WebhookTest",
            description = "What the receiver said",
            requiredProperties = {"delivered", "durationMillis"})
    record TestResult(
            @Schema(description = "Whether the receiver has answered with 2xx in time", examples = "true")
            boolean delivered,

            @Schema(description = "Status of the receiver's answer. Absent without an answer", examples = "204")
            @Nullable
            Integer status,

            @Schema(description = "Why it was not delivered, as `lastProblem` of a delivery", examples = "status")
            @Nullable
            String problem,

            @Schema(description = "How long it took", examples = "42")
            long durationMillis) {}

    @Schema(name = "NewRedelivery", description = "Events to send again. Set either `since` or `id`")
    record Wanted(
            @Schema(description = "All events since this time", examples = "2027-01-15T09:00:00Z", format = "date-time")
            @Nullable
            String since,

            @Schema(description = "The event with this `id`", examples = "evt_0198c0f27a3b4c5d8e9f001122334455")
            @Nullable
            String id) {}

    @Schema(name = "Redelivery", description = "What is sent again", requiredProperties = "events")
    record Again(
            @Schema(description = "Number of events", examples = "12")
            int events) {}

    private final Caller caller;
    private final Webhooks webhooks;
    private final WebhookState webhookState;
    private final Sender sender;
    private final Deadlines deadlines;

    WebhookResource(Caller caller, Webhooks webhooks, WebhookState webhookState, Sender sender, Deadlines deadlines) {
        this.caller = caller;
        this.webhooks = webhooks;
        this.webhookState = webhookState;
        this.sender = sender;
        this.deadlines = deadlines;
    }

    @POST
    @PermissionsAllowed("events:read")
    @SecurityRequirement(name = "apiKey", scopes = "events:read")
    @Path("test")
    @Operation(
            operationId = "testWebhook",
            summary = "Send a test event to the webhook",
            description = "Sends an event of the type `dev.meetgate.webhook.test`, which is not stored, and returns the"
                    + " receiver's answer within 15 seconds. A receiver that accepts it switches on a webhook that"
                    + " was switched off. The webhook then gets the events that it has missed.")
    @Extension(name = "x-problems", value = "not-found-webhook")
    public Uni<TestResult> test() {
        Webhook webhook = webhook();
        Arrival.current().orElseThrow().prolong(Receivers.LONGEST.plusSeconds(1));
        long begin = System.nanoTime();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return sender.test(
                        webhook,
                        Event.test(UUID.randomUUID(), now),
                        deadlines.current().leftForAPart())
                .call(reply -> reply.isDelivered()
                        ? webhookState.enable(webhook.tenant())
                        : Uni.createFrom().voidItem())
                .map(reply -> new TestResult(
                        reply.isDelivered(),
                        reply.status(),
                        reply.problem(),
                        Duration.ofNanos(System.nanoTime() - begin).toMillis()));
    }

    @GET
    @PermissionsAllowed("events:read")
    @SecurityRequirement(name = "apiKey", scopes = "events:read")
    @Path("deliveries")
    @Operation(
            operationId = "listDeliveries",
            summary = "List the deliveries to the webhook",
            description = "Returns the events that the webhook got or gets, the newest first.")
    @Extension(name = "x-problems", value = "not-found-webhook")
    public Uni<DeliveryPage> deliveries(
            @Parameter(
                            description = "Return only deliveries in this state. Default: all",
                            schema = @Schema(implementation = Delivery.State.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        String tenant = webhook().tenant();
        int size = PageLimit.of(limit);
        Delivery.State wanted = state == null ? null : RequestChoice.of("state", state, Delivery.State.class);
        return webhookState.page(tenant, wanted, cursor, size).flatMap(page -> webhookState
                .disabledAt(tenant)
                .map(disabledAt -> new DeliveryPage(page.items(), page.nextCursor(), disabledAt)));
    }

    @POST
    @PermissionsAllowed("events:read")
    @SecurityRequirement(name = "apiKey", scopes = "events:read")
    @Path("redeliver")
    @ResponseStatus(202)
    @Operation(
            operationId = "redeliverEvents",
            summary = "Send events to the webhook again",
            description = "Sends one event, or all since a time, whether they were delivered or not. Each keeps its id."
                    + " A webhook that was switched off is switched on.")
    @Extension(name = "x-problems", value = "not-found-webhook")
    @APIResponseSchema(value = Again.class, responseCode = "202", responseDescription = "They are being sent")
    public Uni<Again> redeliver(@RequestBody(required = true) @Nullable Wanted wanted) {
        String tenant = webhook().tenant();
        if (wanted == null || (wanted.since == null) == (wanted.id == null)) {
            throw new Failure.InvalidRequest("since", "Send either since, a time, or id, an event's id.");
        }
        Uni<Integer> again = wanted.id == null
                ? webhookState.sendAgain(tenant, RequestTime.exact("since", wanted.since))
                : webhookState.sendAgain(tenant, wanted.id);
        return again.map(Again::new);
    }

    private Webhook webhook() {
        Webhook webhook = webhooks.of(caller.tenant().name());
        if (webhook == null) {
            throw Failure.UnknownToWebhook.noWebhook();
        }
        return webhook;
    }
}
