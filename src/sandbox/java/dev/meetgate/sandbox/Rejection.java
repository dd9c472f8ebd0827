package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;

/** How the API says that it does not accept an access token. */
enum Rejection {
    UNAUTHORIZED,
    /** Against RFC 6750 §3.1, and GoTo's own way. */
    FORBIDDEN_INVALID_TOKEN,
    EMPTY_CHALLENGE;

    Refusal refusal() {
        return switch (this) {
            case UNAUTHORIZED -> Refusal.api(401, "AUTHN_INVALID_TOKEN", "The token is not valid");
            case FORBIDDEN_INVALID_TOKEN ->
                new Refusal(Answer.json(
                        403,
                        new JsonObject().put("int_err_code", "InvalidToken").put("msg", "Invalid token passed")));
            case EMPTY_CHALLENGE ->
                new Refusal(Answer.empty(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        };
    }
}
