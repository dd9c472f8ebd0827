package dev.meetgate.meetings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sha256;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Base64;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Computes entity tags from MeetGate's answers (RFC 9110 §8.8.3). GoTo has none, so a change at GoTo between
 * our read and write goes unnoticed.
 */
@Singleton
class ETags {

    private final ObjectMapper json;

    ETags(ObjectMapper json) {
        this.json = json;
    }

    /** Answers the meeting with its tag, or 304 if the caller has the current state. */
    RestResponse<Meeting> answer(Request request, Meeting meeting) {
        EntityTag tag = tag(meeting);
        var unmet = unmet(request, tag);
        if (unmet == null) {
            return RestResponse.ResponseBuilder.ok(meeting).tag(tag).build();
        }
        if (unmet.build().getStatus() == RestResponse.StatusCode.NOT_MODIFIED) {
            return RestResponse.ResponseBuilder.<Meeting>notModified().tag(tag).build();
        }
        throw new Failure.PreconditionFailed();
    }

    static boolean isConditional(Request request) {
        return request.evaluatePreconditions() != null;
    }

    /** Fails with {@link Failure.PreconditionFailed} unless the meeting is in the requested state. */
    void require(Request request, Meeting meeting) {
        if (unmet(request, tag(meeting)) != null) {
            throw new Failure.PreconditionFailed();
        }
    }

    /**
     * JAX-RS compares strongly, as {@code If-Match} requires. {@code If-None-Match} requires a weak
     * comparison (§13.1.2).
     */
    private static @Nullable ResponseBuilder unmet(Request request, EntityTag tag) {
        var unmet = request.evaluatePreconditions(tag);
        return unmet == null && !isConditional(request)
                ? request.evaluatePreconditions(new EntityTag(tag.getValue(), true))
                : unmet;
    }

    private EntityTag tag(Meeting meeting) {
        try {
            byte[] hash = Sha256.of(json.writeValueAsString(meeting));
            return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a meeting is always JSON", impossible);
        }
    }
}
