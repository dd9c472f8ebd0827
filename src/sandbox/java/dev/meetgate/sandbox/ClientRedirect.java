package dev.meetgate.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The redirect that takes the browser back to the client with a code or an error (RFC 6749 §4.1.2). */
record ClientRedirect(
        String redirectUri,
        @Nullable String state,
        @Nullable String issuer) {

    Answer code(String code) {
        return redirect(Map.of("code", code));
    }

    Answer error(String error, String description) {
        return redirect(Map.of("error", error, "error_description", description));
    }

    private Answer redirect(Map<String, String> outcome) {
        var parameters = new LinkedHashMap<>(outcome);
        if (state != null) {
            parameters.put("state", state);
        }
        if (issuer != null) {
            parameters.put("iss", issuer);
        }
        String query = parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return Answer.redirect(redirectUri + (redirectUri.contains("?") ? "&" : "?") + query);
    }
}
