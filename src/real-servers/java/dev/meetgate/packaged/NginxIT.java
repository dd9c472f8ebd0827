package dev.meetgate.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.caller.TestCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's nginx in front of a replica, configured as the page on callers says. */
class NginxIT {

    private static final TestCertificate SERVER = TestCertificate.valid("nginx");
    private static final TestCertificate CLIENT = TestCertificate.valid("client");
    private static final TestCertificate STRANGER = TestCertificate.valid("stranger");

    private int port;

    @Test
    void passesTheClientsCertificateOn(@TempDir Path folder) throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("MEETGATE_TENANTS_CERTIFIED_CERT_SHA256", CLIENT.sha256());
        settings.put("MEETGATE_TRUSTED_PROXIES", "127.0.0.1");
        try (Replica replica = Replica.start(settings)) {
            Process nginx = start(folder, replica.port());
            try {
                assertEquals(200, status(CLIENT, null));
                assertEquals(401, status(STRANGER, null));
                assertEquals(401, status(null, null));
                // What a client claims to have, nginx replaces with what it has.
                assertEquals(401, status(STRANGER, CLIENT.header()));
                assertEquals(401, status(null, CLIENT.header()));
            } finally {
                nginx.destroy();
                nginx.waitFor();
            }
        }
    }

    private static int documented(Path folder, int port, int target) throws IOException, GeneralSecurityException {
        String page = Files.readString(Path.of("src/docs/callers.md"));
        String server = page.substring(page.indexOf("```nginx") + 9);
        server = server.substring(0, server.indexOf("```"))
                .replace("443", "127.0.0.1:" + port)
                .replace("127.0.0.1:8080", "127.0.0.1:" + target)
                .replace("/etc/nginx/", folder + "/");
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events {}
                http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                %2$s
                }
                """.formatted(folder, server));
        write(
                folder.resolve("meetgate.pem"),
                "CERTIFICATE",
                SERVER.certificate().getEncoded());
        write(
                folder.resolve("meetgate.key"),
                "PRIVATE KEY",
                SERVER.store()
                        .getKey("mykey", TestCertificate.PASSWORD.toCharArray())
                        .getEncoded());
        return port;
    }

    private static void write(Path file, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, base64));
    }

    private Process start(Path folder, int target) throws Exception {
        port = documented(folder, Replica.freePort(), target);
        Process nginx = new ProcessBuilder(
                        "nginx",
                        "-p",
                        folder.toString(),
                        "-c",
                        folder.resolve("nginx.conf").toString(),
                        "-e",
                        "stderr")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        for (int tries = 0; tries < 100; tries++) {
            try {
                status(null, null);
                return nginx;
            } catch (ConnectException notYet) {
                nginx.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        nginx.destroy();
        throw new AssertionError(Files.readString(folder.resolve("nginx.log")));
    }

    private int status(@Nullable TestCertificate certificate, @Nullable String header)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TestCertificate.client(certificate, SERVER))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        var request = HttpRequest.newBuilder(URI.create("https://localhost:%d/v1/connections".formatted(port)));
        if (header != null) {
            request.header("Client-Cert", header);
        }
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }
}
