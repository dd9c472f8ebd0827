package dev.meetgate.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.RawSocket;
import dev.meetgate.caller.RefusedCredentials.Owner;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.secret.Secret;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WrongKeysTest {

    /** An address of no other test. */
    private static final String GUESSER = "127.0.0.6";

    @Inject
    Vertx vertx;

    @Inject
    Event<RefusedCredentials> refused;

    @Inject
    TrustedProxies proxies;

    private WrongKeys wrongKeys;

    @BeforeEach
    void begin() {
        wrongKeys = new WrongKeys(vertx, refused, proxies);
    }

    @Test
    void tellsAnAddressToWaitForTheRestOfTheMinute() {
        count("192.0.2.1", 100);

        Duration wait = count("192.0.2.1");
        assertNotNull(wait);
        assertTrue(wait.toMillis() > 50_000 && wait.toMillis() <= 60_000, wait.toString());
        assertNull(count("192.0.2.2"));
    }

    @Test
    void takesTheAddressesOfAnIpv6NetworkForOne() {
        for (int host = 0; host < 100; host++) {
            assertNull(count("2001:db8:0:1:0:0:0:" + host));
        }

        assertNotNull(count("2001:db8:0:1:ffff:0:0:1"));
        assertNull(count("2001:db8:0:2:0:0:0:1"));
    }

    @Test
    void remembersABoundedNumberOfAddresses() {
        for (int number = 0; number < 10_000; number++) {
            assertNull(count("address-" + number));
        }
        for (int number = 0; number < 100; number++) {
            assertNull(count("more-" + number));
        }

        assertNotNull(count("one-more"));
        assertNull(count("address-1"));
    }

    @Test
    void writesOneLineForManyKeys() {
        try (var log = new LogLines()) {
            count("192.0.2.1", 5_000);

            assertEquals(1, log.with("wrong credential").size());
        }
    }

    @Test
    void tellsTheCountBeforeTheStop() {
        count("192.0.2.1", 713);

        wrongKeys.stop(new ShutdownEvent());
        wrongKeys.stop(new ShutdownEvent());

        String told = "audit_entry where tenant = 'demo' and action = 'credential.refuse' and target = '713'";
        Await.until(() -> Database.count(told) == 1);
        assertNull(count("192.0.2.1"));
    }

    @Test
    void answersNewKeysAsWrongAfterManyWrongOnes() {
        guess(150);
        assertTrue(connections(GUESSER, "demo-key").startsWith("HTTP/1.1 200 "));
        guess(900);

        String answer = connections(GUESSER, "other-key");
        assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
        assertTrue(connections(GUESSER, "demo-key").startsWith("HTTP/1.1 200 "));
        assertTrue(connections("127.0.0.7", "other-key").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void letsAKeyGoOnThatCameFromThereWithinADay() {
        ApiKey known = key("known");
        Instant now = Instant.now();
        assertFalse(wrongKeys.mayBeGuessed(known, "192.0.2.1", now));
        count("192.0.2.1", 1_000);
        assertFalse(wrongKeys.mayBeGuessed(key("early"), "192.0.2.1", now));
        count("192.0.2.1", 1);

        assertTrue(wrongKeys.mayBeGuessed(key("late"), "192.0.2.1", now));
        assertFalse(wrongKeys.mayBeGuessed(key("late"), "192.0.2.2", now));
        assertFalse(wrongKeys.mayBeGuessed(known, "192.0.2.1", now.plus(Duration.ofHours(23))));
        assertTrue(wrongKeys.mayBeGuessed(known, "192.0.2.1", now.plus(Duration.ofHours(48))));
        wrongKeys.sumUp();
        assertFalse(wrongKeys.mayBeGuessed(key("late"), "192.0.2.1", now));
    }

    @Test
    void takesNoTokenAndNoEndedKeyForAGuess() {
        for (int time = 0; time < 1_001; time++) {
            wrongKeys.count("192.0.2.1", "JWT: it has expired", Owner.UNKNOWN);
            wrongKeys.count("192.0.2.1", WrongKeys.API_KEY, Owner.of(key("ended")));
        }

        assertFalse(wrongKeys.mayBeGuessed(key("new"), "192.0.2.1", Instant.now()));
    }

    @Test
    void remembersAKeyFromEachOfItsAddresses() {
        ApiKey key = key("key");
        Instant now = Instant.now();
        wrongKeys.mayBeGuessed(key, "192.0.2.2", now);
        wrongKeys.mayBeGuessed(key, "192.0.2.1", now);
        count("192.0.2.1", 1_001);

        assertFalse(wrongKeys.mayBeGuessed(key, "192.0.2.1", now));
    }

    @Test
    void remembersABoundedNumberOfRightKeys() {
        var rightKeys = new RightKeys();
        Instant now = Instant.now();
        ApiKey first = key("first");
        rightKeys.add(first, "192.0.2.1", now);
        for (int number = 0; number < 10_000; number++) {
            rightKeys.add(first, "address " + number, now);
        }

        assertFalse(rightKeys.cameFrom(first, "192.0.2.1", now));
        assertTrue(rightKeys.cameFrom(first, "address 9999", now));
    }

    private static ApiKey key(String text) {
        var look = new Tenant.Look(null, null, null);
        var tenant = new Tenant("acme", "Acme", List.of(), null, false, false, look);
        var grant = new Grant(tenant, Scopes.ALL, new Actor(Actor.Kind.KEY, "calendar"));
        return new ApiKey(grant, HexFormat.of().formatHex(Secret.of(text).sha256()), Instant.MAX);
    }

    private static void guess(int times) {
        for (int guess = 0; guess < times; guess += 50) {
            String request = request("guess", "");
            RawSocket.exchange(GUESSER, request.repeat(49) + request("guess", "Connection: close\r\n"));
        }
    }

    private static String connections(String from, String key) {
        return RawSocket.exchange(from, request(key, "Connection: close\r\n"));
    }

    private static String request(String key, String field) {
        return "GET /v1/connections?limit=1 HTTP/1.1\r\nHost: localhost\r\n%sAuthorization: Bearer %s\r\n\r\n"
                .formatted(field, key);
    }

    @Test
    void writesFewLinesForCallsWithoutTheirScope() {
        var forbidden = new ForbiddenCalls(vertx);
        try (var log = new LogLines()) {
            for (int call = 0; call < 100; call++) {
                forbid(forbidden, "acme");
            }
            forbid(forbidden, "quiet");
            forbidden.sumUp();
            forbidden.sumUp();

            assertEquals(
                    10,
                    log.with("key reader of tenant acme lacks the scope audit:read")
                            .size());
            assertEquals(
                    1,
                    log.with("key reader of tenant quiet lacks the scope audit:read")
                            .size());
            assertEquals(
                    List.of("Refused 90 more calls as forbidden within a minute, of tenant acme"),
                    log.with("more calls as forbidden"));
        }
    }

    private static void forbid(ForbiddenCalls forbidden, String tenant) {
        var reader = new Actor(Actor.Kind.KEY, "reader");
        forbidden.log("GET /v1/audit", tenant, reader, Problem.of(new Failure.Forbidden("audit:read")));
    }

    private void count(String address, int times) {
        for (int time = 0; time < times; time++) {
            count(address);
        }
    }

    private @Nullable Duration count(String address) {
        return wrongKeys.count(address, WrongKeys.API_KEY, Owner.UNKNOWN);
    }
}
