package dev.meetgate.oauth;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.meetgate.http.RetryAfter;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.BasicCredentials;
import io.quarkus.arc.Unremovable;
import io.quarkus.logging.Log;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.common.OidcRequestContextProperties;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Filters the token requests and responses of {@code quarkus-oidc-client}.
 *
 * <ol>
 *   <li>Each token request is sent once. The client's own repetition after a connection reset is refused.
 *   <li>Client id and secret are form-encoded before Basic (RFC 6749 §2.3.1).
 *   <li>Only a well-formed token response (RFC 6749 §5.1) reaches the client. Other answers become failures
 *       without their body, which may contain tokens.
 * </ol>
 */
@Singleton
@Unremovable
class TokenEndpointFilter implements OidcRequestFilter, OidcResponseFilter {

    private static final String SENT = "meetgate.sent";

    /** RFC 6749 §A.12, without spaces. Errors would quote a token that is not a valid header value. */
    private static final Pattern ACCESS_TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private static final int LARGEST_ANSWER = 64 * 1024;

    /**
     * Longer than any caller waits: a caller must not see a failure while GoTo may still execute the request.
     */
    static final Duration LONGEST = AuthorizationServer.TOKEN_DEADLINE.plusSeconds(2);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private static final Set<String> OUR_ERRORS =
            Set.of("invalid_client", "unauthorized_client", "unsupported_grant_type");

    private final String basicCredentials;
    private final ObjectReader json;

    /** Looked up late, because the client needs this filter. */
    private final Instance<ReplaceableClient> client;

    TokenEndpointFilter(OAuthConfig config, ObjectMapper mapper, Instance<ReplaceableClient> client) {
        this.client = client;
        basicCredentials = BasicCredentials.of(config.clientId(), config.clientSecret());
        json = mapper.reader()
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Deferred, because the client calls its filters once and repeats by subscribing again. */
    @Override
    public Uni<Void> filter(OidcRequestFilterContext context) {
        return Uni.createFrom().deferred(() -> prepare(context));
    }

    private Uni<Void> prepare(OidcRequestFilterContext context) {
        OidcRequestContextProperties properties = context.contextProperties();
        if (properties.get(SENT) != null) {
            return Uni.createFrom().failure(new IllegalStateException("a token request is not repeated"));
        }
        properties.put(SENT, true);
        context.request().putHeader(HttpHeaders.AUTHORIZATION.toString(), basicCredentials);
        context.request().putHeader(HttpHeaders.ACCEPT.toString(), "application/json");
        context.request().putHeader(HttpHeaders.ACCEPT_ENCODING.toString(), "identity");
        OidcClient sender = client.get().current();
        HttpRequest<?> request = context.request().getDelegate();
        request.idleTimeout(LONGEST.toMillis())
                .as(new BoundedBody(LARGEST_ANSWER, LONGEST, () -> client.get().replace(sender)));
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> filter(OidcResponseFilterContext context) {
        boolean revocation = context.requestProperties().get("grant_type") == null;
        JsonNode answer = read(context.responseBody());
        if (context.statusCode() == 200) {
            return revocation || isTokenResponse(answer)
                    ? Uni.createFrom().voidItem()
                    : unavailable("The answer of GoTo's authorization server is not a token response.");
        }
        String error = answer.path("error").asText();
        boolean isFinal =
                error.equals("invalid_grant") || (context.statusCode() == 400 && error.equals("invalid_request"));
        if (context.statusCode() < 500 && isFinal && !revocation) {
            return Uni.createFrom().failure(new InvalidGrant());
        }
        if (OUR_ERRORS.contains(error)) {
            Log.errorf("GoTo rejects the OAuth client (%s). Check GOTO_CLIENT_ID and GOTO_CLIENT_SECRET.", error);
            // Rejected before the token was read (RFC 6749 §5.2), so the token is not spent.
            return Uni.createFrom().failure(Failure.GoToUnavailable.clientRefused(AuthorizationServer.CLIENT_REJECTED));
        }
        String retryAfter = context.responseHeaders().get(HttpHeaders.RETRY_AFTER);
        return Uni.createFrom().failure(failure(context.statusCode(), RetryAfter.of(retryAfter, Instant.now())));
    }

    /** A 429 was not executed. Another answer without a time probably concerns this user's grant only. */
    private static Failure.GoToUnavailable failure(int status, @Nullable Duration pause) {
        String message = "GoTo's authorization server answered %d.".formatted(status);
        if (status == TOO_MANY_REQUESTS) {
            return Failure.GoToUnavailable.notExecuted(message)
                    .resting(bounded(pause == null ? Failure.GoToUnavailable.RETRY_AFTER : pause));
        }
        if (status == UNAVAILABLE && pause != null) {
            return new Failure.GoToUnavailable(message).resting(bounded(pause));
        }
        return Failure.GoToUnavailable.answered(message);
    }

    private static Duration bounded(Duration pause) {
        Duration atLeast = pause.compareTo(TokenEndpointPause.SHORTEST) < 0 ? TokenEndpointPause.SHORTEST : pause;
        return atLeast.compareTo(TokenEndpointPause.LONGEST) < 0 ? atLeast : TokenEndpointPause.LONGEST;
    }

    private JsonNode read(@Nullable Buffer body) {
        if (body == null) {
            return json.createObjectNode();
        }
        try {
            JsonNode node = json.readTree(body.getBytes());
            return node.isObject() ? node : json.createObjectNode();
        } catch (IOException unreadable) {
            return json.createObjectNode();
        }
    }

    private static boolean isTokenResponse(JsonNode answer) {
        JsonNode expiresIn = answer.path("expires_in");
        return answer.path("access_token").isTextual()
                && ACCESS_TOKEN.matcher(answer.path("access_token").asText()).matches()
                && answer.path("token_type").asText().equalsIgnoreCase("Bearer")
                && isTextOrAbsent(answer.path("refresh_token"))
                && isTextOrAbsent(answer.path("scope"))
                && isTextOrAbsent(answer.path("principal"))
                && (isAbsent(expiresIn)
                        || expiresIn.isNumber()
                        || expiresIn.asText().matches("-?\\d{1,12}"));
    }

    private static boolean isTextOrAbsent(JsonNode node) {
        return isAbsent(node) || node.isTextual();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static Uni<Void> unavailable(String message) {
        return Uni.createFrom().failure(new Failure.GoToUnavailable(message));
    }
}
