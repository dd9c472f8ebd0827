package dev.meetgate.audit;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Describes an entry as the API shows it, which is the canonical JSON of the database and what is not hashed.
 */
@Schema(
        description = "Who did what, for which user, with which outcome. New members and values may be added",
        requiredProperties = {"id", "time", "tenant", "actor", "action", "outcome", "requestId", "previousHash", "hash"
        })
record AuditEntry(
        @Schema(description = "A UUID that sorts by time", examples = "019bbf0e-6c80-7a3b-8c4d-5e6f70819203")
        String id,

        @Schema(description = "When the entry was first written", examples = "2027-01-15T09:00:00.123456Z")
        Instant time,

        @Schema(description = "Name of the tenant", examples = "acme")
        String tenant,

        @Schema(description = "Who did it") AuditActor actor,

        @Schema(description = "What was done", examples = "meeting.delete")
        String action,

        @Schema(
                description = "SHA-256 of `userSalt` and the JSON of `user`, as in this line",
                examples = "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b")
        @Nullable
        String userHash,

        @Schema(description = "What it was done to, such as the id of a meeting", examples = "4815162342") @Nullable
        String target,

        @Schema(description = "`success`, `refused`, `failed` (not executed) or `unknown`", examples = "success")
        String outcome,

        @Schema(description = "`code` of the problem that was answered", examples = "rejected-by-goto") @Nullable
        String code,

        @Schema(description = "`X-Request-Id` of the request", examples = "8e03978e-40d5-43dd-bc93-6894a57f9324")
        String requestId,

        @Schema(
                description = "`traceparent` of the request (W3C Trace Context)",
                examples = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        @Nullable
        String traceparent,

        @Schema(description = "Address that the request came from", examples = "192.0.2.1") @Nullable
        String address,

        @Schema(
                description = "`hash` of the entry before, or 64 zeros",
                examples = "0000000000000000000000000000000000000000000000000000000000000000")
        String previousHash,

        @Schema(
                description = "SHA-256 of `previousHash` and the JSON of the members before it",
                examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String hash,

        @Schema(
                description = "Random salt of the user. Absent after the user was made unreadable",
                examples = "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
        @Nullable
        String userSalt,

        @Schema(
                description = "Your own id of the person. Absent after the user was made unreadable",
                examples = "alice")
        @Nullable
        String user) {

    @Schema(
            description = "Who did it",
            requiredProperties = {"kind", "name"})
    record AuditActor(
            @Schema(
                    description = "`key`, `jwt`, `certificate`, `person` (in a browser), `operator` or `meetgate`",
                    examples = "key")
            String kind,

            @Schema(description = "Name of the credential, such as that of a named key", examples = "calendar")
            String name) {}
}
