package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Ends a request with this answer instead of the endpoint's. */
final class Refusal extends RuntimeException {

    private final Answer answer;

    Refusal(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    /** RFC 6749 §5.2. */
    static Refusal oauth(int status, String error, String description) {
        return new Refusal(
                Answer.json(status, new JsonObject().put("error", error).put("error_description", description)));
    }

    static Refusal api(int status, String errorCode, String description) {
        return new Refusal(Answer.json(
                status,
                new JsonObject()
                        .put("errorCode", errorCode)
                        .put("description", description)
                        .put("incident", UUID.randomUUID().toString())));
    }

    static Refusal invalid(String description) {
        return api(400, "RequestValidationError", description);
    }

    Answer answer() {
        return answer;
    }
}
