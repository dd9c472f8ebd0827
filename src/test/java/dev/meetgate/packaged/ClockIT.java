package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.generation;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database's clock is an hour away from the replicas' clocks. */
@Tag("thorough")
class ClockIT {

    /** Functions in a schema before pg_catalog in the search path replace those of pg_catalog. */
    private static final String OTHER_CLOCK = """
            create schema other;
            create function other.clock_timestamp() returns timestamptz language sql volatile as
                $$ select pg_catalog.clock_timestamp() + interval '%1$s' $$;
            create function other.now() returns timestamptz language sql stable as
                $$ select pg_catalog.now() + interval '%1$s' $$;
            alter database %2$s set search_path = public, other, pg_catalog
            """;

    /** Connecting ends a link, by the clock that MeetGate's statements see. */
    private static final String MINUTES_BETWEEN_THE_CLOCKS = """
            select round(abs(extract(epoch from max(expires_at) - pg_catalog.now())) / 60)::bigint from connect_link
            """;

    @ParameterizedTest
    @CsvSource({"slow, -1 hour", "fast, 1 hour"})
    void refreshesOnceWhenTheDatabasesClockIsWrong(String name, String offset) throws Exception {
        Sandbox.reset();
        var settings = Replica.surroundings();
        String url = Database.create(name);
        Database.execute(url, OTHER_CLOCK.formatted(offset, name));
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", url);
        try (Replica one = Replica.start(settings);
                Replica two = Replica.start(settings)) {
            RestAssured.port = one.port();
            String user = connectedUser();
            assertEquals(60, Database.number(url, MINUTES_BETWEEN_THE_CLOCKS));
            for (int round = 1; round <= 3; round++) {
                Sandbox.expireAccessTokens();

                assertEquals(Collections.nCopies(32, 200), Replica.listMeetings(user, 32, one, two));

                assertEquals(round, Sandbox.tokenRequests("refresh_token"));
                assertEquals(round + 1, generation(user));
            }
            assertEquals(0, Sandbox.reuses());
        }
    }
}
