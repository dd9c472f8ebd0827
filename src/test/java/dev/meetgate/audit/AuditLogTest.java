package dev.meetgate.audit;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.audit.AuditTest.field;
import static dev.meetgate.audit.AuditTest.lines;
import static dev.meetgate.audit.AuditTest.upkeep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import dev.meetgate.caller.Actor;
import dev.meetgate.caller.RefusedCredentials;
import dev.meetgate.caller.RefusedCredentials.Owner;
import dev.meetgate.local.LocalPostgres;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What MeetGate itself writes into the audit, and what the audit writes into the log. */
@QuarkusTest
class AuditLogTest {

    @Inject
    Event<RefusedCredentials> refused;

    @Inject
    SharedEntries entries;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    @Tag("thorough")
    void logsTheNewestHashOnceADay() {
        createdMeeting(connectedUser());
        String newest = field(lines().get(lines().size() - 1), "hash");
        Database.update("update audit_chain set logged_on = null where tenant = 'demo'");
        try (var log = new LogLines()) {
            upkeep();
            upkeep();
            assertEquals(1, log.with("newest audit entry of the tenant demo").size());
            assertTrue(log.with("newest audit entry of the tenant demo").get(0).contains(newest));
        }
    }

    @Test
    void logsTheNewestHashEvenIfItCannotRememberThat() {
        createdMeeting(connectedUser());
        lines();
        Database.update("update audit_chain set logged_on = null");
        Database.update("alter table audit_chain add constraint broken check (logged_on is null)");
        try (var log = new LogLines()) {
            upkeep();
            assertEquals(1, log.with("newest audit entry of the tenant demo").size());
        } finally {
            Database.update("alter table audit_chain drop constraint broken");
        }
    }

    @Test
    @Tag("thorough")
    void tellsRefusedCredentialsAndTheSettings() {
        refused.fire(new RefusedCredentials(Owner.UNKNOWN, 37));
        Await.until(() -> {
            upkeep();
            return lines().stream()
                    .anyMatch(line -> line.contains(
                            "\"action\":\"credential.refuse\",\"target\":\"37\",\"outcome\":\"refused\""));
        });
        assertEquals(
                1,
                lines().stream()
                        .filter(line -> line.contains("\"settings.load\"") && !line.contains("\"digest-"))
                        .count());
    }

    @Test
    @Tag("thorough")
    void countsRefusedCredentialsOnceIfTheAnswerOfTheDatabaseIsLost() {
        int number = 739_100;
        String written = "audit_entry where target = '%d'".formatted(number);
        AuditTest.losingTheAnswer(
                "credential.refuse",
                () -> {
                    refused.fire(new RefusedCredentials(Owner.UNKNOWN, number));
                    return true;
                },
                () -> Database.count(written) > 0
                        && Database.number(LocalPostgres.url(), "select last_value from public.tries")
                                >= 2 * Database.count(written)
                        && Database.count("pg_stat_activity where state = 'active' and query like '%unnest($1::uuid[]%'"
                                        + " and pid <> pg_backend_pid()")
                                == 0);

        assertEquals(1, Database.count(written + " and tenant = 'demo'"));
    }

    @Test
    void writesRefusedCredentialsWhenItCanWriteAgain() {
        var key = new Owner("demo", new Actor(Actor.Kind.KEY, freshUser()));
        var other = new Owner("demo", new Actor(Actor.Kind.KEY, freshUser()));
        Database.update("create function refuse() returns trigger language plpgsql as"
                + " 'begin raise exception ''no entry now''; end'");
        Database.update("create trigger refuse before insert on audit_entry for each row"
                + " when (new.action = 'credential.refuse') execute function refuse()");
        try (var log = new LogLines()) {
            for (int fired = 1; fired <= 3; fired++) {
                int lines = fired;
                refused.fire(new RefusedCredentials(key, 7));
                Await.until(() -> log.with("no audit entry").size() >= lines);
            }
        } finally {
            Database.update("drop function refuse cascade");
        }

        String sum = "select coalesce(sum(target::int), 0)::text from audit_entry where tenant = 'demo'"
                + " and action = 'credential.refuse' and origin ->> 'name' = '"
                + key.actor().name() + "'";
        Await.until(() -> {
            refused.fire(new RefusedCredentials(other, 1));
            return Database.text(sum).equals("21");
        });
    }

    @Test
    void writesOtherSettingsOnceHoweverManyReplicasLoadThem() throws SQLException {
        String digest = "digest-" + freshUser();
        List<CompletableFuture<Void>> loads;
        try (Connection busy = Database.begin("lock table audit_entry in share row exclusive mode")) {
            loads = Stream.of(1, 2)
                    .map(replica -> entries.loaded(digest).subscribeAsCompletionStage())
                    .toList();
            Await.until(() ->
                    Database.count("pg_stat_activity where wait_event_type = 'Lock' and query like '%with loaded as%'")
                            == 2);
            busy.commit();
        }
        loads.forEach(CompletableFuture::join);
        entries.loaded(digest).await().atMost(Duration.ofSeconds(10));

        assertEquals(1, Database.count("audit_entry where tenant = 'demo' and target = '" + digest + "'"));
    }
}
