package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;

/** The API's answer to an invalid access token. */
enum Rejection {
    UNAUTHORIZED,
    /** GoTo's usual answer, which RFC 6750 §3.1 does not provide for. */
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
