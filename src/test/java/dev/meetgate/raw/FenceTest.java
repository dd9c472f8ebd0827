package dev.meetgate.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meetgate.problem.Failure;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {

    private static final String MEETINGS = "G2M/rest/meetings";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G2M/rest/meetings",
                "G2M/rest/meetings/123456789",
                "G2M/rest/organizers/1234567890123456789/upcomingMeetings",
                "G2M/rest/upcomingMeetings",
                "admin/rest/v1/me"
            })
    void acceptsDocumentedPaths(String path) {
        assertEquals(path, target(path, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "G2M",
                "G2M/rest",
                "G2M/rest/",
                "G2M/rest/meetings/",
                "G2M/rest//meetings",
                "G2M//rest/meetings",
                "/G2M/rest/meetings",
                "g2m/rest/meetings",
                "G2M/REST/meetings",
                "G2M/restx/meetings",
                "xG2M/rest/meetings",
                "G2W/rest/webinars",
                "identity/v1/Users/me",
                "oauth/v2/token",
                "admin/v1/me",
                "G2M/rest/.",
                "G2M/rest/..",
                "G2M/rest/../x",
                "G2M/rest/meetings/../../../oauth/token",
                "G2M/rest/..;/x",
                "G2M/rest/...",
                "G2M/rest/%2e%2e/x",
                "G2M/rest/%2E%2E%2Fx",
                "G2M/rest/.%2e/x",
                "G2M/rest/%252e%252e/x",
                "G2M/rest/%25252e%25252e/x",
                "G2M/rest/..%2fx",
                "G2M%2frest%2fmeetings",
                "G2M/rest/meetings%2f1",
                "G2M/rest/..%5cx",
                "G2M/rest/..\\x",
                "G2M/rest\\meetings",
                "G2M/rest/meetings;jsessionid=1",
                "G2M/rest/;/meetings",
                "G2M;/rest/meetings",
                "G2M/rest/meetings%00",
                "G2M/rest/meetings%0d%0aHost:%20evil",
                "G2M/rest/meetings\r\nHost: evil",
                "G2M/rest/meetings\n",
                "G2M/rest/meetings\0",
                "G2M/rest/meetings\u007F",
                "G2M/rest/meet ings",
                "G2M/rest/meetings+1",
                "G2M/rest/meetings#x",
                "G2M/rest/meetings?x",
                "G2M/rest/@evil.example.com",
                "G2M/rest/x:80",
                "@evil.example.com/G2M/rest/meetings",
                ":80@evil.example.com/G2M/rest/meetings",
                "//evil.example.com/G2M/rest/meetings",
                "https://evil.example.com/G2M/rest/meetings",
                "http:/evil.example.com/G2M/rest/meetings",
                "G2M/rest/https://evil.example.com",
                "G2M/rest/\uFF0E\uFF0E/x",
                "G2M/rest/\u2024\u2024/x",
                "G2M/rest\u2215meetings",
                "G2M\uFF0Frest/meetings",
                "G2M/rest/%c0%ae%c0%ae/x",
                "G2M/rest/%u002e%u002e/x",
                "G2M/rest/meeting\u0455",
                "G2M/rest/\u202Emeetings",
                "G2M/rest/a/b/c/d/e/f/g/h/i/j/k",
                "G2M/rest/meetings/../../../../../v1/users/bob/goto/G2M/rest/meetings"
            })
    void refusesAllOtherPaths(String path) {
        var failure = assertThrows(Failure.InvalidRequest.class, () -> target(path, null));
        assertEquals("path", failure.field());
    }

    @Test
    void refusesLongSegments() {
        String longest = "a".repeat(100);

        assertEquals(MEETINGS + "/" + longest, target(MEETINGS + "/" + longest, null));
        assertThrows(Failure.InvalidRequest.class, () -> target(MEETINGS + "/a" + longest, null));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, admin/rest/v1/accounts/1/users",
        "GET, admin/rest/v1",
        "GET, admin/rest/v2/me",
        "GET, admin/rest/v1/me/x",
        "PUT, admin/rest/v1/me",
        "POST, admin/rest/v1/me",
        "DELETE, admin/rest/v1/me",
        "GET, G2M/rest/users",
        "GET, G2M/rest/meetingsx",
        "GET, G2M/rest/Meetings",
        "GET, G2M/rest/meetings/1/attendees/2",
        "DELETE, G2M/rest/meetings",
        "PUT, G2M/rest/meetings",
        "POST, G2M/rest/meetings/1",
        "POST, G2M/rest/meetings/1/start",
        "POST, G2M/rest/upcomingMeetings",
        "DELETE, G2M/rest/groups/1/organizers",
        "GET, G2M/rest/organizers/1/sessions/2",
        "DELETE, G2M/rest/organizers/1/sessions",
        "DELETE, G2M/rest/groups/1/meetings/2",
        "PATCH, G2M/rest/meetings/1"
    })
    void refusesWhatGoToDoesNotDocument(String method, String path) {
        var failure = assertThrows(
                Failure.InvalidRequest.class,
                () -> Fence.target(HttpMethod.valueOf(method), path, "/v1/users/alice/goto/" + path, null));
        assertEquals("path", failure.field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/alice/../bob/goto/G2M/rest/meetings",
                "/v1/users//goto/G2M/rest/meetings",
                "/v1//users/alice/goto/G2M/rest/meetings",
                "/v1/users/alice/goto//G2M/rest/meetings",
                "/x/v1/users/alice/goto/G2M/rest/meetings",
                "/v1/users/alice/Goto/G2M/rest/meetings",
                "/v1/users/alice/goto/G2M/rest/meetings/1",
                "/v1/users/alice/goto/G2M/rest/meeting%73",
                "/v1/users/alice/goto/x/../G2M/rest/meetings",
                "G2M/rest/meetings",
                ""
            })
    void refusesAmbiguousAddresses(String address) {
        assertThrows(Failure.InvalidRequest.class, () -> Fence.target(HttpMethod.GET, MEETINGS, address, null));
    }

    @Test
    void acceptsAnyUserId() {
        assertEquals(
                MEETINGS,
                Fence.target(HttpMethod.GET, MEETINGS, "/v1/users/%2e%2e%2fgoto%2fx;y@z/goto/" + MEETINGS, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=b",
                "startDate=2027-01-01T00:00:00Z&endDate=2027-02-01T00:00:00Z",
                "email=jane%2Bx%40example.com",
                "name=%C3%9Cn%C3%AFcode%20%F0%9F%8E%89",
                "path=../../x",
                "a=1&a=2&b"
            })
    void acceptsQueries(String query) {
        assertEquals(MEETINGS + "?" + query, target(MEETINGS, query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%0d%0aHost:%20evil",
                "a=%0D%0ASet-Cookie:x",
                "a=%00",
                "a=%1f",
                "a=%7f",
                "a=%C2%85",
                "a=%c0%8a",
                "a=%ff",
                "a=%ED%A0%80",
                "a=%",
                "a=%2",
                "a=%zz",
                "a=%u0041",
                "a b",
                "a\r\nb",
                "a\0",
                "a#b",
                "a=\u00FC",
                "a=<b>",
                "a=\"b\"",
                "a=[b]",
                "a=b\\c",
                "a=b|c",
                "a=b^c",
                "a=b`c",
                "a={b}"
            })
    void refusesQueriesThatAreNotPlainText(String query) {
        var failure = assertThrows(Failure.InvalidRequest.class, () -> target(MEETINGS, query));
        assertEquals("query", failure.field());
    }

    @ParameterizedTest
    @CsvSource({"a, 7000", "%41, 2300", "../, 2300", "%, 2300"})
    void refusesVeryLongAddressesQuickly(String part, int times) {
        String many = part.repeat(times);

        assertThrows(Failure.InvalidRequest.class, () -> target("G2M/rest/" + many, null));
        assertThrows(Failure.InvalidRequest.class, () -> target(MEETINGS, many + "\0"));
    }

    private static String target(String path, @Nullable String query) {
        return Fence.target(HttpMethod.GET, path, "/v1/users/alice/goto/" + path, query);
    }
}
