package dev.meetgate.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.doctor.Probe.Answer;
import dev.meetgate.secret.BasicCredentials;
import dev.meetgate.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** GoTo's endpoints, the OAuth client there, and GoTo's clock. Spends no code and no token. */
final class GoToExamination {

    static final String AUTHORIZE_URL = "https://authentication.logmeininc.com/oauth/authorize";
    static final String TOKEN_URL = "https://authentication.logmeininc.com/oauth/token";
    static final String REVOKE_URL = "https://authentication.logmeininc.com/oauth/revoke";
    static final String API_URL = "https://api.getgo.com";
    static final String SCOPES = "collab:";

    private static final String GOTO = "GoTo";
    private static final String CLIENT = "OAuth client";

    /** GoTo never made it. An answer to it says only whether GoTo knows the client. */
    private static final String MADE_UP = "grant_type=refresh_token&refresh_token=made-up-by-meetgate-doctor";

    private final Deployment deployment;
    private final Probe probe;

    GoToExamination(Deployment deployment, Probe probe) {
        this.deployment = deployment;
        this.probe = probe;
    }

    void examine(Findings findings) {
        reach("GOTO_API_URL", API_URL, "API", findings);
        reach("GOTO_REVOKE_URL", REVOKE_URL, "revocation endpoint", findings);
        authorize(findings);
        client(findings);
    }

    private @Nullable String url(String name, String otherwise) {
        return deployment.value(name) == null ? otherwise : deployment.right(name);
    }

    private String text(String name, String otherwise) {
        return Objects.requireNonNullElse(deployment.value(name), otherwise);
    }

    private void reach(String name, String otherwise, String what, Findings findings) {
        String url = url(name, otherwise);
        if (url == null) {
            return;
        }
        try {
            int status = probe.get(url).status();
            if (status == 407 || status >= 500) {
                findings.warning(GOTO, "The %s, %s, answers %d at the moment.".formatted(what, url, status));
            } else {
                findings.ok(GOTO, "The %s, %s, answers.".formatted(what, url));
            }
        } catch (Trouble trouble) {
            findings.wrong(
                    GOTO,
                    "The %s, %s, cannot be reached: %s. Check %s and %s."
                            .formatted(what, url, trouble.getMessage(), name, probe.wayTo(url)));
        }
    }

    /** Asks as a browser would. It is the browser that must reach this endpoint. */
    private void authorize(Findings findings) {
        String endpoint = url("GOTO_AUTHORIZE_URL", AUTHORIZE_URL);
        String id = deployment.value("GOTO_CLIENT_ID");
        String publicUrl = PublicUrlExamination.publicUrl(deployment);
        if (endpoint == null || id == null || publicUrl == null) {
            findings.skipped(GOTO, "The authorization endpoint was not asked: settings for it are missing or wrong.");
            return;
        }
        String redirectUri = publicUrl + "/callback";
        String query =
                "response_type=code&client_id=%s&redirect_uri=%s&scope=%s&state=doctor&code_challenge=%s&code_challenge_method=S256"
                        .formatted(
                                encoded(id),
                                encoded(redirectUri),
                                encoded(text("GOTO_SCOPES", SCOPES)),
                                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        try {
            int status = probe.get(endpoint + (endpoint.contains("?") ? "&" : "?") + query)
                    .status();
            if (status < 400) {
                findings.ok(
                        GOTO,
                        "The authorization endpoint, %s, does not refuse the client and its redirect URI."
                                .formatted(endpoint));
            } else if (status < 500 && status != 429) {
                findings.wrong(
                        GOTO,
                        "The authorization endpoint, %s, answers %d. Register the redirect URI %s for the client of GOTO_CLIENT_ID."
                                .formatted(endpoint, status, redirectUri));
            } else {
                findings.warning(
                        GOTO, "The authorization endpoint, %s, answers %d at the moment.".formatted(endpoint, status));
            }
        } catch (Trouble trouble) {
            findings.warning(
                    GOTO,
                    "The authorization endpoint, %s, cannot be reached from here: %s. Browsers must be able to."
                            .formatted(endpoint, trouble.getMessage()));
        }
    }

    private void client(Findings findings) {
        String endpoint = url("GOTO_TOKEN_URL", TOKEN_URL);
        String id = deployment.value("GOTO_CLIENT_ID");
        String secret = deployment.value("GOTO_CLIENT_SECRET");
        if (endpoint == null || id == null || secret == null) {
            findings.skipped(
                    CLIENT, "Not examined: GOTO_TOKEN_URL, GOTO_CLIENT_ID or GOTO_CLIENT_SECRET is missing or wrong.");
            return;
        }
        try {
            Instant asked = Instant.now();
            Answer answer = probe.postForm(endpoint, BasicCredentials.of(id, Secret.of(secret)), MADE_UP);
            client(endpoint, answer, findings);
            clock(answer.date(), asked, findings);
        } catch (Trouble trouble) {
            findings.wrong(
                    CLIENT,
                    "The token endpoint, %s, cannot be reached: %s. Check GOTO_TOKEN_URL and %s."
                            .formatted(endpoint, trouble.getMessage(), probe.wayTo(endpoint)));
        }
    }

    private static void client(String endpoint, Answer answer, Findings findings) {
        String error = error(answer.body());
        if (answer.status() == 429 || answer.status() >= 500) {
            findings.warning(
                    CLIENT, "The token endpoint, %s, answers %d at the moment.".formatted(endpoint, answer.status()));
            return;
        }
        switch (error) {
            // GoTo has said both of refresh tokens that are dead.
            case "invalid_grant", "invalid_request" ->
                findings.ok(CLIENT, "GoTo accepts GOTO_CLIENT_ID and GOTO_CLIENT_SECRET at %s.".formatted(endpoint));
            case "invalid_client" ->
                findings.wrong(CLIENT, "GoTo rejects the client. Correct GOTO_CLIENT_ID and GOTO_CLIENT_SECRET.");
            case "unauthorized_client", "unsupported_grant_type" ->
                findings.wrong(
                        CLIENT,
                        "The client may not refresh tokens. Register one that may, of the kind for web servers.");
            default ->
                findings.wrong(
                        CLIENT,
                        "%s does not answer as a token endpoint (status %d). Correct GOTO_TOKEN_URL."
                                .formatted(endpoint, answer.status()));
        }
    }

    /** Not by the JSON of Vert.x, which Quarkus has changed to use its beans. */
    private static String error(String body) {
        try {
            return new ObjectMapper().readTree(body).path("error").asText();
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }

    private static void clock(@Nullable String date, Instant asked, Findings findings) {
        if (date == null) {
            return;
        }
        try {
            Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            // The header has whole seconds.
            Clock.compare("GoTo", Duration.between(asked, there.plusMillis(500)), findings);
        } catch (DateTimeParseException notADate) {
            findings.skipped("clock", "Not compared with GoTo's, which sends no readable Date.");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
