package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The receiver's name leads to another address than the one that was checked (DNS rebinding). Runs where this
 * process may be a name server and give the replica a {@code resolv.conf} of its own.
 */
@Tag("thorough")
@EnabledIf("mayBeNameServer")
class RebindingIT {

    private static final String HOST = "hooks.acme.test";

    @TempDir
    static Path folder;

    private static NameServer names;

    private ServerSocket inside;
    private Replica replica;

    static boolean mayBeNameServer() throws IOException, InterruptedException {
        try {
            new NameServer(HOST).close();
            return new ProcessBuilder("unshare", "--mount", "true").start().waitFor() == 0;
        } catch (IOException forbidden) {
            return false;
        }
    }

    @BeforeAll
    static void serveNames() throws IOException {
        names = new NameServer(HOST);
    }

    @AfterAll
    static void closeNames() {
        names.close();
    }

    /** Each case has a process of its own: the binary remembers what a name server answered. */
    @BeforeEach
    void start() throws Exception {
        inside = new ServerSocket(0);
        inside.setSoTimeout(1);
        var settings = Replica.surroundings();
        settings.remove("MEETGATE_WEBHOOK_PRIVATE_TARGETS");
        settings.put(
                "MEETGATE_TENANTS_DEMO_WEBHOOK_URL", "https://%s:%d/webhook".formatted(HOST, inside.getLocalPort()));
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");
        replica = Replica.launch(askingOurs(Replica.command()), settings);
        replica.awaitReadiness();
        RestAssured.port = replica.port();
    }

    /** The service asks our name server. On the JVM it remembers no answer. */
    private static List<String> askingOurs(List<String> service) throws IOException {
        Path resolver = Files.writeString(
                folder.resolve("resolv.conf"),
                "nameserver %s%nsearch .%noptions timeout:30 attempts:1%n".formatted(NameServer.ADDRESS));
        service.addAll(1, List.of("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0"));
        var command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
        command.add("mount --bind %s /etc/resolv.conf && exec \"$0\" \"$@\"".formatted(resolver));
        command.addAll(service);
        return command;
    }

    @AfterEach
    void stop() throws IOException {
        if (replica != null) {
            replica.close();
        }
        inside.close();
    }

    /** The public ones are a sink for misdirected queries (RFC 7535), and a network that nobody has. */
    @ParameterizedTest
    @CsvSource({
        "192.31.196.1,                  127.0.0.1,        unreachable",
        "192.31.196.1,                  ::ffff:127.0.0.1, unreachable",
        "3ffe::1 192.31.196.1,          ::1 127.0.0.1,    unreachable",
        "127.0.0.1,                     127.0.0.1,        private-address",
        "::ffff:127.0.0.1,              ::ffff:127.0.0.1, private-address",
        "192.31.196.1 127.0.0.1,        127.0.0.1,        private-address",
        "127.0.0.1 192.31.196.1,        127.0.0.1,        private-address",
        "3ffe::1 127.0.0.1,             127.0.0.1,        private-address",
        "192.31.196.1 ::ffff:127.0.0.1, 127.0.0.1,        private-address",
        "3ffe::1 ::1,                   ::1,              private-address",
    })
    void leadsToNoPrivateAddress(String checked, String later, String problem) {
        names.answer(Stream.of(checked, later)
                .map(addresses -> List.of(addresses.split(" ")))
                .toList());

        asDemo().post("/v1/webhook/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(false))
                .body("problem", equalTo(problem));

        assertThrows(SocketTimeoutException.class, () -> inside.accept().close(), "a connection has arrived");
        assertEquals(1, names.lookups());
    }
}
