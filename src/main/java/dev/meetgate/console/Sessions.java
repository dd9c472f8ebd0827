package dev.meetgate.console;

import dev.meetgate.http.HostCookie;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.issuer.OpenIdProvider;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of operators, and sign-ins that are under way. Both are sealed and live in cookies: any replica
 * opens them, and none stores anything.
 */
@Singleton
class Sessions {

    /** A sign-in that has begun, and the page that it shall lead to. */
    record SignIn(OpenIdProvider.Attempt attempt, String to) {}

    private static final String SESSION = "__Host-meetgate-console";
    private static final String SIGN_IN = "__Host-meetgate-sign-in-";
    private static final Duration LONGEST_SESSION = Duration.ofHours(8);
    private static final Duration LONGEST_SIGN_IN = Duration.ofMinutes(10);

    private static final int MOST_SIGN_INS = 5;

    private final Sealer sealer;

    /** Cookies of another deployment, client or role do not open. */
    private final List<String> deployment;

    Sessions(Sealer sealer, ConsoleConfig config, PublicUrl publicUrl) {
        this.sealer = sealer;
        deployment = List.of(
                config.issuer().orElse(""),
                config.clientId().orElse(""),
                config.role().orElse(""),
                publicUrl.of("/console").toString());
    }

    private String[] purpose(String cookie) {
        return Stream.concat(Stream.of("console", cookie), deployment.stream()).toArray(String[]::new);
    }

    /** Each attempt has its own cookie, so that two tabs can sign in. */
    private static String name(Secret state) {
        return SIGN_IN + HexFormat.of().formatHex(state.sha256(), 0, 8);
    }

    NewCookie begin(SignIn signIn) {
        var content = new JsonObject()
                .put("state", signIn.attempt.state().reveal())
                .put("verifier", signIn.attempt.codeVerifier().reveal())
                .put("nonce", signIn.attempt.nonce().reveal())
                .put("to", signIn.to);
        return cookie(name(signIn.attempt.state()), content, LONGEST_SIGN_IN);
    }

    @Nullable
    SignIn signIn(HttpServerRequest request, Secret state) {
        JsonObject content = read(request, name(state));
        return content == null
                ? null
                : new SignIn(
                        new OpenIdProvider.Attempt(
                                Secret.of(content.getString("state")),
                                Secret.of(content.getString("verifier")),
                                Secret.of(content.getString("nonce"))),
                        content.getString("to"));
    }

    NewCookie open(String name) {
        String csrfToken = HexFormat.of().formatHex(Secret.random().sha256());
        return cookie(SESSION, new JsonObject().put("name", name).put("csrf", csrfToken), LONGEST_SESSION);
    }

    @Nullable
    Operator operator(HttpServerRequest request) {
        JsonObject content = read(request, SESSION);
        return content == null ? null : new Operator(content.getString("name"), content.getString("csrf"));
    }

    NewCookie forgetSignIn(Secret state) {
        return HostCookie.of(name(state), "", 0);
    }

    /** Those of attempts that nobody finished, once they are many. */
    NewCookie[] forgetOldSignIns(HttpServerRequest request) {
        List<String> names = request.cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(SIGN_IN))
                .toList();
        return names.size() < MOST_SIGN_INS
                ? new NewCookie[0]
                : names.stream().map(name -> HostCookie.of(name, "", 0)).toArray(NewCookie[]::new);
    }

    NewCookie close() {
        return HostCookie.of(SESSION, "", 0);
    }

    private NewCookie cookie(String name, JsonObject content, Duration lifetime) {
        content.put("end", Instant.now().plus(lifetime).getEpochSecond());
        byte[] sealed = sealer.seal(Secret.of(content.encode()), purpose(name));
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        return HostCookie.of(name, value, (int) lifetime.toSeconds());
    }

    private @Nullable JsonObject read(HttpServerRequest request, String name) {
        Cookie cookie = request.getCookie(name);
        if (cookie == null) {
            return null;
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cookie.getValue());
            var content = new JsonObject(sealer.open(sealed, purpose(name)).reveal());
            return Instant.now().getEpochSecond() < content.getLong("end") ? content : null;
        } catch (Sealer.CannotOpen | IllegalArgumentException | DecodeException foreign) {
            return null;
        }
    }
}
