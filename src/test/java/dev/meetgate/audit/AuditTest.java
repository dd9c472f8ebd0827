package dev.meetgate.audit;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.secret.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class AuditTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    @Tag("thorough")
    void tellsWhoDidWhat() {
        String user = connectedUser();
        walk(new Browser(), connectLink(user));
        String id = createdMeeting(user);
        asDemo().body(Map.of("subject", "Other"))
                .patch(meeting(user, id))
                .then()
                .statusCode(200);
        asDemo().post(meeting(user, id) + "/start").then().statusCode(200);
        asDemo().header("X-Request-Id", "deploy-7/a")
                .header("traceparent", TRACE)
                .delete(meeting(user, id))
                .then()
                .statusCode(204)
                .header("X-Request-Id", equalTo("deploy-7/a"));
        Sandbox.revokeGrants();
        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(409);
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        JsonPath told = entries(user);
        assertEquals(
                List.of(
                        "connect_link.create key default success",
                        "connection.connect person browser success",
                        "connect_link.create key default success",
                        "connection.reconnect person browser success",
                        "meeting.create key default success " + id,
                        "meeting.change key default success " + id,
                        "meeting.start key default success " + id,
                        "meeting.delete key default success " + id,
                        "connection.end meetgate meetgate success revoked",
                        "connect_link.create key default success",
                        "connection.disconnect key default success"),
                stories(told));
        assertEquals("deploy-7/a", told.getString("items[7].requestId"));
        assertEquals(TRACE, told.getString("items[7].traceparent"));
        assertEquals("127.0.0.1", told.getString("items[7].address"));
        assertNull(told.getString("items[6].traceparent"));
        assertEquals(
                List.of("demo"),
                told.getList("items.tenant").stream().distinct().toList());
        List<String> ids = told.getList("items.id");
        assertEquals(ids.stream().sorted().toList(), ids);
        assertTrue(ids.stream().allMatch(uuid -> uuid.charAt(14) == '7'), ids.toString());
        asOther().get("/v1/audit?user={user}", user).then().body("items.size()", equalTo(0));
        asOther().get("/v1/audit?limit=200").then().body("items.tenant.unique()", everyItem(equalTo("other")));
    }

    @Test
    void tellsRawCallsAndTheDeletionOfSessions() {
        String user = connectedUser();
        asDemo().post("/v1/users/{user}/goto/G2M/rest/meetings?secret=1", user);
        asDemo().get("/v1/users/{user}/goto/G2M/rest/upcomingMeetings", user)
                .then()
                .statusCode(200);
        String id = createdMeeting(user);
        asDemo().get("/v1/users/{user}/goto/G2M/rest/meetings/" + id + "/start", user)
                .then()
                .statusCode(200);
        asDemo().delete("/v1/users/{user}/sessions/77", user);
        asDemo().delete("/v1/users/{user}/goto/G2M/rest/meetings/404", user);
        asDemo().delete("/v1/users/{user}/sessions/77/attendees?organizer=5", user);
        asDemo().delete("/v1/users/{user}/sessions/77/recordings?organizer=5", user);

        var told = new ArrayList<>(stories(entries(user)));
        assertEquals("meeting.start key default success " + id, told.remove(4));
        told.remove(3);
        assertEquals(7, told.size(), told.toString());
        assertTrue(
                told.get(2).matches("raw\\.post key default refused /?G2M/rest/meetings rejected-by-goto"),
                told.get(2));
        assertEquals("session.delete key default refused 77 not-found", told.get(3));
        assertTrue(
                told.get(4).matches("raw\\.delete key default refused /?G2M/rest/meetings/404 not-found"), told.get(4));
        assertTrue(told.get(5).startsWith("session.attendees.delete key default refused 77"), told.get(5));
        assertTrue(told.get(6).startsWith("session.recordings.delete key default refused 77"), told.get(6));
    }

    @Test
    void tellsHowItEnded() {
        String user = freshUser();
        asDemo().delete(meeting(user, "1")).then().statusCode(404);
        connect(user);
        asDemo().delete(meeting(user, "1")).then().statusCode(404);
        Sandbox.fault("api", "STATUS", Map.of("status", 400));
        asDemo().body(planning()).post("/v1/users/{user}/meetings", user).then().statusCode(422);
        Sandbox.fault("api", "STATUS", Map.of("status", 500));
        asDemo().body(planning()).post("/v1/users/{user}/meetings", user).then().statusCode(503);

        assertEquals(
                List.of(
                        "meeting.delete key default refused 1 not-connected",
                        "meeting.delete key default refused 1 meeting-not-found",
                        "meeting.create key default refused rejected-by-goto"),
                calls(user));

        Database.update("update audit_entry set at = at - interval '11 minutes' where outcome = 'unknown'");
        assertEquals(
                "meeting.create key default unknown goto-unavailable",
                calls(user).get(3));
    }

    @Test
    @Tag("thorough")
    void completesACallWhoseCallerDidNotWait() {
        String user = connectedUser();
        String id = createdMeeting(user);
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 4000));
        asDemo().header("Request-Timeout", "2").delete(meeting(user, id)).then().statusCode(503);

        Await.until(() -> calls(user).contains("meeting.delete key default success " + id));
    }

    @Test
    @Tag("thorough")
    void tellsThatNothingWasSentIfTheCallerDidNotWaitForTheEntry() throws SQLException {
        String user = connectedUser();
        String id = createdMeeting(user);
        try (Connection busy = Database.begin("lock table audit_entry in share row exclusive mode")) {
            asDemo().header("Request-Timeout", "2")
                    .delete(meeting(user, id))
                    .then()
                    .statusCode(503);
            busy.commit();
        }

        Await.until(() -> calls(user).contains("meeting.delete key default failed " + id + " unavailable"));
        assertFalse(Sandbox.requestLines().contains("DELETE /G2M/rest/meetings/" + id));
    }

    @Test
    void completesAnEntryWhenTheDatabaseIsBack() {
        String user = connectedUser();
        String id = createdMeeting(user);
        Database.update("create function refuse_end() returns trigger language plpgsql as"
                + " 'begin raise exception using errcode = ''lock_not_available''; end'");
        Database.update("create trigger refuse_end before update on audit_entry for each row"
                + " when (new.action = 'meeting.delete') execute function refuse_end()");
        try {
            asDemo().delete(meeting(user, id)).then().statusCode(204);
        } finally {
            Database.update("drop function refuse_end cascade");
        }

        Await.until(() -> calls(user).contains("meeting.delete key default success " + id));
    }

    @Test
    void tellsThatNothingWasSentIfTheAnswerOfTheDatabaseIsLost() {
        String user = connectedUser();
        String id = createdMeeting(user);
        var answer = losingTheAnswer(
                "meeting.delete", () -> asDemo().delete(meeting(user, id)).statusCode(), () -> true);

        assertEquals(503, answer.join());
        Await.until(() -> calls(user).contains("meeting.delete key default failed " + id + " unavailable"));
        assertFalse(Sandbox.requestLines().contains("DELETE /G2M/rest/meetings/" + id));
    }

    /**
     * The next entry of this action is stored, and the connection ends before the answer: PostgreSQL waits for
     * a standby that does not exist.
     */
    static <T> CompletableFuture<T> losingTheAnswer(String action, Supplier<T> work, BooleanSupplier until) {
        Database.update("create sequence public.tries");
        Database.update("create function wait_for_standby() returns trigger language plpgsql as 'begin"
                + " perform nextval(''public.tries''); perform set_config(''synchronous_commit'', ''on'', true); return new;"
                + " end'");
        Database.update("create trigger wait_for_standby before insert on audit_entry for each row"
                + " when (new.action = '%s') execute function wait_for_standby()".formatted(action));
        CompletableFuture<T> done;
        try {
            Database.update("alter system set synchronous_standby_names = 'nobody'");
            Database.text("select pg_reload_conf()");
            String waiting = "pg_stat_activity where wait_event = 'SyncRep'";
            // PostgreSQL knows of the standby a moment later. Then this waits too.
            Concurrently.start(() -> {
                while (true) {
                    Database.update("do 'begin perform set_config(''synchronous_commit'', ''on'', true);"
                            + " perform pg_logical_emit_message(true, ''test'', ''wait''); end'");
                }
            });
            Await.until(() -> Database.count(waiting) == 1);
            done = Concurrently.start(work);
            Await.until(() -> Database.count(waiting) == 2);
            Database.text("select pg_terminate_backend(pid) from " + waiting);
            Database.update("alter system reset synchronous_standby_names");
            Database.text("select pg_reload_conf()");
            Await.until(until);
        } finally {
            Database.update("alter system reset synchronous_standby_names");
            Database.text("select pg_reload_conf()");
            Database.update("drop function wait_for_standby cascade");
            Database.update("drop sequence public.tries");
        }
        return done;
    }

    @Test
    void tellsThatAStartMayHaveBeenExecutedBeforeItWasRefused() {
        String user = connectedUser();
        String id = createdMeeting(user);
        Sandbox.fault("api", "RESET_AFTER");
        Sandbox.fault("api", "STATUS", Map.of("status", 403));
        asDemo().post(meeting(user, id) + "/start").then().statusCode(403);

        Database.update("update audit_entry set at = at - interval '11 minutes' where outcome = 'unknown'");
        assertEquals(
                "meeting.start key default unknown " + id + " forbidden-by-goto",
                calls(user).get(1));
    }

    @Test
    void tellsOfTheMeetingThatALostAnswerWasAbout() {
        String user = connectedUser();
        Map<String, String> body = planning();
        Sandbox.fault("api", "RESET_AFTER");
        Supplier<Response> creation =
                () -> asDemo().header("Idempotency-Key", user).body(body).post("/v1/users/{user}/meetings", user);
        creation.get().then().statusCode(503);
        String id = creation.get().then().statusCode(201).extract().path("id");

        assertEquals(List.of("meeting.create key default success " + id), calls(user));
    }

    @Test
    void forgetsWhomNoEntryIsAbout() {
        String user = connectedUser();
        assertEquals(2, stories(entries(user)).size());
        Database.update("""
                insert into audit_identity
                select 'demo', 'forgotten-' || i, '\\x00', sha256(('forgotten-' || i)::bytea), now() - interval '2 days'
                  from generate_series(1, 450) as i
                """);
        Database.update("update audit_identity set seen_at = now() - interval '2 days' where user_id = ?", user);
        Database.update("update audit_chain set logged_on = null");

        upkeep();

        assertEquals(0, Database.count("audit_identity where user_id like 'forgotten-%'"));
        assertEquals(2, stories(entries(user)).size());
    }

    @Test
    @Tag("thorough")
    void hasNoEntryOfACreationThatIsNotSentAgain() {
        String user = connectedUser();
        Map<String, String> body = planning();
        for (int i = 0; i < 2; i++) {
            asDemo().header("Idempotency-Key", user)
                    .body(body)
                    .post("/v1/users/{user}/meetings", user)
                    .then()
                    .statusCode(201);
        }

        assertEquals(1, calls(user).size());
    }

    @Test
    void hasNoEntryOfWhatOnlyReads() {
        String user = connectedUser();
        int before = stories(entries(user)).size();
        meetings(user).then().statusCode(200);
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);

        assertEquals(before, stories(entries(user)).size());
    }

    @Test
    void sendsNothingWithoutItsEntry() {
        String user = connectedUser();
        String id = createdMeeting(user);
        Database.update("alter table audit_entry add constraint broken check (action <> 'meeting.delete') not valid");
        try {
            asDemo().delete(meeting(user, id)).then().statusCode(503).body("code", equalTo("unavailable"));
        } finally {
            Database.update("alter table audit_entry drop constraint broken");
        }

        assertFalse(Sandbox.requestLines().contains("DELETE /G2M/rest/meetings/" + id));
        Database.update(
                "alter table audit_entry add constraint broken check (action <> 'connect_link.create') not valid");
        try {
            asDemo().body("{}")
                    .post("/v1/users/{user}/connect-links", user)
                    .then()
                    .statusCode(500);
        } finally {
            Database.update("alter table audit_entry drop constraint broken");
        }
        assertEquals(1, Database.count("connect_link where user_id = '" + user + "'"));
    }

    @Test
    void hasNoSecretAndNothingThatWasSaid() {
        String user = freshUser();
        String link = connectLink(user);
        walk(new Browser(), link);
        String id = createdMeeting(user);
        String hostUrl =
                asDemo().post(meeting(user, id) + "/start").then().extract().path("hostUrl");

        String all = Database.text("select string_agg(audit_entry::text, ' ') from audit_entry");
        var secrets = new ArrayList<>(Sandbox.secrets());
        secrets.addAll(List.of("demo-key", link.substring(link.lastIndexOf('/') + 1), hostUrl, "Planning"));
        secrets.forEach(secret -> assertFalse(all.contains(secret), secret));
        assertTrue(all.contains(id));
    }

    @Test
    void chainsWhatIsCommittedLateBehindTheOthers() throws SQLException {
        String user = connectedUser();
        try (Connection late = Database.begin("""
                insert into audit_entry (tenant, user_id, action, outcome, origin) values
                       ('demo', '%s', 'test.late', 'success', '{"kind": "key", "name": "late", "requestId": "1"}')
                """.formatted(user))) {
            createdMeeting(user);
            assertEquals(3, stories(entries(user)).size());
            late.commit();
        }

        List<String> told = stories(entries(user));
        assertEquals("test.late key late success", told.get(3));
        verify(lines());
    }

    @Test
    void makesOneChainHoweverManyLook() throws Exception {
        String user = connectedUser();
        lines();
        List<CompletableFuture<Integer>> readers;
        try (Connection end = Database.begin("update audit_chain set position = position where tenant = 'demo'")) {
            createdMeeting(user);
            readers = Stream.of(1, 2)
                    .map(reader -> Concurrently.start(
                            () -> asDemo().get("/v1/audit?limit=1").statusCode()))
                    .toList();
            Await.until(() ->
                    Database.count("pg_stat_activity where wait_event_type = 'Lock' and query like '%audit_chain%'")
                            == 2);
            end.commit();
        }
        readers.forEach(reader -> assertEquals(200, reader.join()));

        assertEquals(3, stories(entries(user)).size());
        verify(lines());
        assertEquals(1, Database.count("""
                (select from audit_entry where tenant = 'demo'
                  having max(position) - min(position) + 1 = count(position)) as without_gaps
                """));
        assertEquals(1, Database.count("""
                audit_chain where tenant = 'demo' and position = (
                    select max(position) from audit_entry where tenant = 'demo')
                """));
    }

    @Test
    @Tag("thorough")
    void completesNothingThatIsInTheChain() {
        String user = connectedUser();
        String id = createdMeeting(user);
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 5000));
        var deletion =
                Concurrently.start(() -> asDemo().delete(meeting(user, id)).statusCode());
        Await.until(() -> Database.count("audit_entry where outcome = 'unknown' and target = '" + id + "'") == 1);
        Database.update(
                "update audit_entry set at = at - interval '11 minutes' where target = ? and outcome = 'unknown'", id);
        assertTrue(calls(user).contains("meeting.delete key default unknown " + id));
        assertEquals(204, deletion.join());

        assertTrue(calls(user).contains("meeting.delete key default unknown " + id));
        assertEquals(1, Database.count("audit_entry where outcome = 'unknown' and target = '" + id + "'"));
        verify(lines());
    }

    @Test
    void answersPagesOfJsonAndOfLines() {
        String user = connectedUser();
        createdMeeting(user);
        var pages = new ArrayList<String>();
        String cursor = "";
        do {
            JsonPath page = asDemo().get("/v1/audit?user={user}&limit=1&cursor={cursor}", user, cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            pages.addAll(stories(page));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        assertEquals(stories(entries(user)), pages);

        asDemo().header("Accept", "application/x-ndjson")
                .get("/v1/audit?user={user}&limit=1", user)
                .then()
                .contentType("application/x-ndjson")
                .header("Link", matchesPattern("</v1/audit\\?user=" + user + "&limit=1&cursor=.*>; rel=\"next\""));
        asDemo().get("/v1/audit?user={user}&since=2999-01-01T00:00:00Z", user)
                .then()
                .body("items.size()", equalTo(0));
        asDemo().get("/v1/audit?user={user}&until=2026-01-01T00:00:00Z", user)
                .then()
                .body("items.size()", equalTo(0));
        asDemo().get("/v1/audit?since=yesterday").then().statusCode(400).body("field", equalTo("since"));
        asDemo().get("/v1/audit?cursor=eA").then().statusCode(400).body("field", equalTo("cursor"));
    }

    @Test
    void choosesEntriesByTheirExactTimes() {
        String user = connectedUser();
        assertEquals(2, stories(entries(user)).size());
        Database.update("""
                update audit_entry set at = cast(case action when 'connect_link.create' then '2027-01-15T09:00:00.2Z'
                       else '2027-01-15T09:00:00.7Z' end as timestamptz)
                 where user_hash = (select hash from audit_identity where tenant = 'demo' and user_id = ?)
                """, user);

        assertEquals(List.of("connection.connect"), actions(user, "since=2027-01-15T09:00:00.5Z"));
        assertEquals(List.of("connect_link.create"), actions(user, "until=2027-01-15T09:00:00.5Z"));
        assertEquals(List.of("connection.connect"), actions(user, "since=2027-01-15T09:00:00.7Z"));
        assertEquals(List.of("connect_link.create"), actions(user, "until=2027-01-15T09:00:00.7Z"));
    }

    private static List<String> actions(String user, String query) {
        return asDemo().get("/v1/audit?user={user}&" + query, user).jsonPath().getList("items.action");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                 | application/json",
                "' , '                                              | application/json",
                "application/json, ,                                | application/json",
                "*                                                  | application/json",
                "application/json, application/x-ndjson;q=0.2       | application/json",
                "application/json;q=0.2, application/x-ndjson       | application/x-ndjson",
                "text/html, application/x-ndjson, */*;q=0.1         | application/x-ndjson",
            })
    void answersInTheFormatThatTheCallerPrefers(String accept, String format) {
        asDemo().header("Accept", accept)
                .get("/v1/audit?limit=1")
                .then()
                .statusCode(200)
                .contentType(format);
    }

    @Test
    void makesAUserUnreadable() {
        String user = "Zoë \"\n".strip() + freshUser();
        connect(user);
        List<String> before = entries(user).getList("items.userHash");
        assertEquals(user, entries(user).getString("items[0].user"));
        createdMeeting(user);
        String another = connectedUser();
        int ofAnother = stories(entries(another)).size();
        // The same id at another tenant, before and after its entries are in the chain.
        linkOfOther(user);
        assertEquals(1, entriesOfOther(user));
        linkOfOther(user);
        asDemo().delete("/v1/users/{user}/audit-identity", user).then().statusCode(204);
        asDemo().delete("/v1/users/{user}/audit-identity", freshUser()).then().statusCode(204);

        assertEquals(0, stories(entries(user)).size());
        String all = String.join("\n", lines());
        assertTrue(all.contains(before.get(0)));
        assertFalse(all.contains(user.substring(user.length() - 36)));
        assertEquals(0, Database.count("audit_entry where tenant = 'demo' and user_id is not null"));
        assertEquals(ofAnother, stories(entries(another)).size());
        assertEquals(2, entriesOfOther(user));
        verify(lines());
        createdMeeting(user);
        assertEquals(1, stories(entries(user)).size());
        assertNotEquals(before.get(0), entries(user).getString("items[0].userHash"));
        assertTrue(lines().stream().anyMatch(line -> line.contains("\"action\":\"audit_identity.erase\"")));
    }

    /** The erasure comes first and waits for the identity. A reader gives the same entries their body. */
    @Test
    void erasesAUserWhoseEntriesAreBeingRead() throws SQLException {
        String user = connectedUser();
        entries(user);
        createdMeeting(user);
        CompletableFuture<Integer> erasure;
        CompletableFuture<Integer> reader;
        String waiting = "pg_stat_activity where wait_event_type = 'Lock' and query like '%audit_identity%'";
        try (Connection busy = Database.begin(
                "update audit_identity set seen_at = now() where tenant = 'demo' and user_id = '" + user + "'")) {
            erasure = Concurrently.start(() ->
                    asDemo().delete("/v1/users/{user}/audit-identity", user).statusCode());
            Await.until(() -> Database.count(waiting) == 1);
            reader = Concurrently.start(() -> asDemo().get("/v1/audit?limit=1").statusCode());
            Await.until(() -> reader.isDone() || Database.count(waiting) == 2);
            busy.rollback();
        }

        assertEquals(204, erasure.join());
        assertEquals(200, reader.join());
        assertEquals(0, stories(entries(user)).size());
        verify(lines());
    }

    private static void linkOfOther(String user) {
        asOther().post("/v1/users/{user}/connect-links", user).then().statusCode(201);
    }

    private static int entriesOfOther(String user) {
        return asOther()
                .get("/v1/audit?user={user}", user)
                .jsonPath()
                .getList("items")
                .size();
    }

    @Test
    void forgetsIdentitiesWithTheirLastEntry() {
        String user = connectedUser();
        int known = stories(entries(user)).size();
        String identity = "insert into audit_identity (tenant, user_id, salt, hash, seen_at) values"
                + " ('demo', ?, '', uuid_send(gen_random_uuid()), now() - cast(? as interval))";
        String unused = freshUser();
        String justSeen = freshUser();
        Database.update(identity, unused, "25 hours");
        Database.update(identity, justSeen, "23 hours");
        Database.update("update audit_identity set seen_at = now() - interval '25 hours' where user_id = ?", user);
        Database.update("update audit_chain set logged_on = null");

        upkeep();

        assertEquals(known, stories(entries(user)).size());
        assertEquals(0, Database.count("audit_identity where user_id = '" + unused + "'"));
        assertEquals(1, Database.count("audit_identity where user_id = '" + justSeen + "'"));
    }

    @Test
    void deletesTheOldEndAlone() {
        String user = connectedUser();
        createdMeeting(user);
        // The first one writes an entry of its own.
        upkeep();
        int all = lines().size();
        Database.update(becomesOld("position <= first + 1"));
        upkeep();

        assertEquals(all - 2, lines().size());
        verify(lines());
        createdMeeting(user);
        verify(lines());
    }

    /** As after a failover to a database whose clock is behind. */
    @Test
    void deletesNothingBehindAnEntryThatIsNotOld() {
        createdMeeting(connectedUser());
        upkeep();
        int all = lines().size();
        Database.update(becomesOld("position in (first, first + 2)"));
        upkeep();

        assertEquals(all - 1, lines().size());
        verify(lines());
    }

    @Test
    void leavesNoGapWhileAnotherReplicaDeletes() throws SQLException {
        createdMeeting(connectedUser());
        upkeep();
        int all = lines().size();
        Database.update(becomesOld("position <= first + 2"));
        CompletableFuture<Void> upkeep;
        try (Connection replica = Database.begin("""
                delete from audit_entry where tenant = 'demo' and position = (
                    select min(position) from audit_entry where tenant = 'demo')
                """)) {
            upkeep = Concurrently.start(() -> {
                upkeep();
                return null;
            });
            Await.until(() -> upkeep.isDone()
                    || Database.count("pg_stat_activity where wait_event_type = 'Lock' and query like '%oldest%'")
                            == 1);
            verify(lines());
            replica.rollback();
        }
        upkeep.join();

        assertEquals(all - 3, lines().size());
        verify(lines());
    }

    private static String becomesOld(String which) {
        return """
                update audit_entry set chained_at = now() - interval '401 days'
                  from (select min(position) as first from audit_entry where tenant = 'demo') as oldest
                 where tenant = 'demo' and %s
                """.formatted(which);
    }

    @Test
    void givesEachAnswerTheIdOfItsRequest() {
        asDemo().get("/v1/connections").then().header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
        String id = "8e03978e-40d5-43dd-bc93-6894a57f9324";
        Response own = asDemo().header("X-Request-Id", id).get("/v1/nothing");
        own.then().header("X-Request-Id", equalTo(id)).body("instance", equalTo("urn:uuid:" + id));
        asDemo().header("X-Request-Id", "job/7")
                .get("/v1/users/x/connection")
                .then()
                .body("instance", endsWith("#job%2F7"));
        for (String unfit : List.of("", "a b", "ä", "x".repeat(129))) {
            asDemo().header("X-Request-Id", unfit)
                    .get("/v1/connections")
                    .then()
                    .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
        }
    }

    private static String meeting(String user, String id) {
        return "/v1/users/" + user + "/meetings/" + id;
    }

    private static void connect(String user) {
        walk(new Browser(), connectLink(user));
    }

    static void upkeep() {
        asDemo().post("/v1/upkeep").then().statusCode(200);
    }

    private static JsonPath entries(String user) {
        return asDemo().get("/v1/audit?limit=200&user={user}", user)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Action, actor, outcome, target and code of each entry. */
    private static List<String> stories(JsonPath page) {
        List<Map<String, Object>> items = page.getList("items");
        return items.stream()
                .map(HashMap::new)
                .map(item -> {
                    var actor = (Map<?, ?>) item.get("actor");
                    String story = item.get("action") + " " + actor.get("kind") + " " + actor.get("name") + " "
                            + item.get("outcome");
                    story += item.containsKey("target") ? " " + item.get("target") : "";
                    return story + (item.containsKey("code") ? " " + item.get("code") : "");
                })
                .toList();
    }

    /** The stories of calls to GoTo. */
    private static List<String> calls(String user) {
        return stories(entries(user)).stream()
                .filter(story -> !story.startsWith("connect"))
                .toList();
    }

    /** The whole export. */
    static List<String> lines() {
        var lines = new ArrayList<String>();
        String next = "/v1/audit?limit=200";
        while (next != null) {
            Response page = asDemo().urlEncodingEnabled(false)
                    .header("Accept", "application/x-ndjson")
                    .get(next);
            page.then().statusCode(200);
            page.asString().lines().forEach(lines::add);
            String link = page.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        return lines;
    }

    private static void verify(List<String> lines) {
        String last = null;
        for (String line : lines) {
            String body = line.substring(0, line.indexOf(",\"previousHash\":\"")) + "}";
            String previous = field(line, "previousHash");
            assertTrue(last == null || last.equals(previous), line);
            last = HexFormat.of().formatHex(Sha256.of(previous + body));
            assertEquals(last, field(line, "hash"));
        }
    }

    static String field(String line, String name) {
        int at = line.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return line.substring(at, at + 64);
    }
}
