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
 * Entity tags of meetings (RFC 9110 §8.8.3), made from what we answer. GoTo has none: between our look and our write, somebody else
 * may write there.
 */
@Singleton
class ETags {

    private final ObjectMapper json;

    ETags(ObjectMapper json) {
        this.json = json;
    }

    /** The meeting with its tag, or without the meeting where the caller has it already. */
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

    /** Whether the caller says which state of a meeting is meant. */
    static boolean isConditional(Request request) {
        return request.evaluatePreconditions() != null;
    }

    /** @throws Failure.PreconditionFailed unless it is this state of the meeting that the caller means */
    void require(Request request, Meeting meeting) {
        if (unmet(request, tag(meeting)) != null) {
            throw new Failure.PreconditionFailed();
        }
    }

    /** JAX-RS compares strongly, as {@code If-Match} asks for it; {@code If-None-Match} is to be compared weakly (§13.1.2). */
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
