package dev.meetgate.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.local.LocalSurroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of an independent authorization server. It rotates refresh tokens and accepts each of them once.
 */
final class RealServer implements AutoCloseable {

    enum Product {
        KEYCLOAK {
            @Override
            RealServer start() throws IOException, InterruptedException {
                Path home = Path.of(System.getProperty("keycloak.home"));
                Path realm = home.resolve("data/import/goto-realm.json");
                Files.createDirectories(realm.getParent());
                Files.copy(
                        Path.of("src/real-servers/keycloak/goto-realm.json"),
                        realm,
                        StandardCopyOption.REPLACE_EXISTING);
                int port = Replica.freePort();
                var builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--log-level=info,org.keycloak.events:debug");
                builder.environment()
                        .putAll(Map.of(
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "JAVA_OPTS_APPEND",
                                "-XX:TieredStopAtLevel=1"));
                return new RealServer(builder, "http://localhost:%d/realms/goto".formatted(port));
            }
        },

        OIDC_PROVIDER {
            @Override
            RealServer start() throws IOException, InterruptedException {
                int port = Replica.freePort();
                var builder = new ProcessBuilder("node", "src/real-servers/oidc-provider/server.js");
                builder.environment().put("PORT", String.valueOf(port));
                return new RealServer(builder, "http://localhost:" + port);
            }
        };

        abstract RealServer start() throws IOException, InterruptedException;
    }

    /** Id and secret contain characters that form-encoding changes (RFC 6749 §2.3.1). */
    private static final String CLIENT_ID = "meetgate+client";

    private static final String CLIENT_SECRET = "a secret: 100% +/=&";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 300;

    private final String issuer;
    private final Process process;
    private final Path log;
    private final JsonNode metadata;

    private RealServer(ProcessBuilder builder, String issuer) throws IOException, InterruptedException {
        this.issuer = issuer;
        builder.environment()
                .putAll(Map.of(
                        "CLIENT_ID",
                        CLIENT_ID,
                        "CLIENT_SECRET",
                        CLIENT_SECRET,
                        "REDIRECT_URI",
                        LocalSurroundings.PUBLIC_URL + "/callback",
                        "CONSOLE_REDIRECT_URI",
                        LocalSurroundings.PUBLIC_URL + "/console/callback"));
        log = Files.createTempFile("real-server", ".log");
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        metadata = awaitMetadata();
    }

    /** Waits for the metadata of OpenID Connect Discovery (RFC 8414). */
    private JsonNode awaitMetadata() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                .build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return JSON.readTree(response.body());
                }
            } catch (IOException notYet) {
                // The server does not listen yet.
            }
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        close();
        throw new AssertionError("the authorization server does not start:\n" + Files.readString(log));
    }

    /** MeetGate's settings for a GoTo with this authorization server. */
    Map<String, String> settings(String apiUrl) {
        return Map.of(
                "GOTO_CLIENT_ID",
                CLIENT_ID,
                "GOTO_CLIENT_SECRET",
                CLIENT_SECRET,
                "GOTO_AUTHORIZE_URL",
                endpoint("authorization"),
                "GOTO_TOKEN_URL",
                endpoint("token"),
                "GOTO_REVOKE_URL",
                endpoint("revocation"),
                "GOTO_ISSUER",
                issuer,
                "GOTO_SCOPES",
                "collab:",
                "GOTO_API_URL",
                apiUrl);
    }

    String endpoint(String name) {
        return metadata.path(name + "_endpoint").asText();
    }

    /** Whether the server says that the token is active (RFC 7662). */
    boolean honours(String accessToken) {
        String basic = formEncoded(CLIENT_ID) + ":" + formEncoded(CLIENT_SECRET);
        var request = HttpRequest.newBuilder(URI.create(endpoint("introspection")))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + formEncoded(accessToken)))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body()).path("active").asBoolean();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return issuer;
    }

    /** An access token of the client for reports, for MeetGate's API. */
    String tokenForMeetGate(String scope) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&resource=urn:meetgate&scope=" + formEncoded(scope);
        String basic = Base64.getEncoder().encodeToString("reports:reports-secret".getBytes());
        var request = HttpRequest.newBuilder(URI.create(endpoint("token")))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        String answer = HTTP.send(request, BodyHandlers.ofString()).body();
        if (!JSON.readTree(answer).has("access_token")) {
            throw new AssertionError(answer);
        }
        return JSON.readTree(answer).path("access_token").asText();
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * How many events of this type the server has logged, such as {@code REFRESH_TOKEN} or
     * {@code REFRESH_TOKEN_ERROR}.
     */
    long events(String type) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("type=\"" + type + "\"")).count();
        }
    }

    /** Ends the child processes too: a shell script may have started the server. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
