package dev.meetgate.meetings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.Failure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jboss.resteasy.reactive.RestResponse;

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
        var unmet = request.evaluatePreconditions(tag);
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
        if (request.evaluatePreconditions(tag(meeting)) != null) {
            throw new Failure.PreconditionFailed();
        }
    }

    private EntityTag tag(Meeting meeting) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(meeting));
            return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a meeting is always JSON, and every Java has SHA-256", impossible);
        }
    }
}
