package dev.meetgate.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A form from the authenticated client to the token or revocation endpoint. A repeated parameter is refused
 * (RFC 6749 §3.2).
 */
final class ClientForm {

    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private final MultiMap parameters;

    private ClientForm(MultiMap parameters) {
        this.parameters = parameters;
    }

    static ClientForm read(HttpServerRequest request, SandboxClient client) {
        String mediaType = request.getHeader("Content-Type");
        if (mediaType == null || !mediaType.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE)) {
            throw invalidRequest("the body must be a form");
        }
        if (request.query() != null || request.formAttributes().contains("client_secret")) {
            throw invalidRequest("the client must authenticate with Basic and send all parameters in the body");
        }
        if (!isAuthenticated(request.getHeader("Authorization"), client)) {
            throw Refusal.oauth(401, "invalid_client", "client not found");
        }
        for (String name : request.formAttributes().names()) {
            if (request.formAttributes().getAll(name).size() > 1) {
                throw invalidRequest(name + " is given twice");
            }
        }
        return new ClientForm(request.formAttributes());
    }

    /** The client form-encodes its id and secret before it puts them into Basic (RFC 6749 §2.3.1). */
    private static boolean isAuthenticated(@Nullable String authorization, SandboxClient client) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            byte[] credentials = Base64.getDecoder().decode(authorization.substring(6));
            String[] idAndSecret = new String(credentials, StandardCharsets.UTF_8).split(":", -1);
            return idAndSecret.length == 2
                    && client.id().equals(URLDecoder.decode(idAndSecret[0], StandardCharsets.UTF_8))
                    && client.secret().equals(URLDecoder.decode(idAndSecret[1], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException undecodable) {
            return false;
        }
    }

    String required(String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw invalidRequest(name + " is missing");
        }
        return value;
    }

    private static Refusal invalidRequest(String description) {
        return Refusal.oauth(400, "invalid_request", description);
    }
}
