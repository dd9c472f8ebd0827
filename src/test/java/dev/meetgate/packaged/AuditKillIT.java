package dev.meetgate.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.packaged.PostgresProxy.Stop;
import io.restassured.RestAssured;
import jakarta.ws.rs.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a replica at each step of a creation. GoTo is asked for nothing that has no entry in the audit, and no
 * entry says more than is known.
 */
@Tag("thorough")
class AuditKillIT {

    private static final String WRITE = "audit_entry (id, tenant, user_id, action, target";
    private static final String COMPLETE = "audit_entry set outcome";
    private static final String NONE = "none";

    enum Step {
        BEFORE_THE_ENTRY(WRITE, Stop.BEFORE, 0, NONE),
        AFTER_THE_ENTRY(WRITE, Stop.AFTER, 0, "unknown"),
        REQUEST_SENT(null, null, 1, "unknown"),
        BEFORE_THE_END(COMPLETE, Stop.BEFORE, 1, "unknown"),
        AFTER_THE_END(COMPLETE, Stop.AFTER, 1, "success");

        private final @Nullable String statement;
        private final @Nullable Stop stop;
        private final int requests;
        private final String outcome;

        Step(@Nullable String statement, @Nullable Stop stop, int requests, String outcome) {
            this.statement = statement;
            this.stop = stop;
            this.requests = requests;
            this.outcome = outcome;
        }
    }

    private static Replica survivor;

    @BeforeAll
    static void start() throws Exception {
        survivor = Replica.start();
    }

    @AfterAll
    static void stop() {
        survivor.close();
    }

    @ParameterizedTest
    @EnumSource
    void leavesAnEntryOfWhateverGoToWasAsked(Step step) throws Exception {
        Sandbox.reset();
        RestAssured.port = survivor.port();
        String user = Api.connectedUser();

        killAt(step, user);

        assertEquals(step.requests, Sandbox.requests("api", HttpMethod.POST));
        assertEquals(step.outcome, Database.text("""
                select coalesce(string_agg(outcome, ','), '%s') from audit_entry
                 where action = 'meeting.create' and user_id = '%s'
                """.formatted(NONE, user)));
    }

    private static void killAt(Step step, String user) throws Exception {
        var settings = Replica.surroundings();
        try (var proxy = PostgresProxy.of(settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"))) {
            settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
            try (Replica victim = Replica.start(settings)) {
                if (step.statement == null) {
                    Sandbox.fault("api", "SLOW", Map.of("delayMillis", 10_000));
                } else {
                    proxy.stopAt(step.statement, step.stop);
                }
                victim.createMeeting(user);
                Await.until(() ->
                        step.statement == null ? Sandbox.requests("api", HttpMethod.POST) == 1 : proxy.stopped() == 1);
                victim.kill();
            }
        }
    }
}
