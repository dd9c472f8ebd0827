package dev.meetgate.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The header {@code Authorization} of an OAuth client: form-encoded before Basic (RFC 6749 §2.3.1). */
public final class BasicCredentials {

    private BasicCredentials() {}

    public static String of(String clientId, Secret clientSecret) {
        String credentials = formEncoded(clientId) + ":" + formEncoded(clientSecret.reveal());
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
