package dev.meetgate.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.problem.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoToAnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=UTF-8",
                "application/json ; charset=utf-8",
                "Application/JSON",
                "application/problem+json",
                "application/vnd.goto.v1+json; charset=utf-8"
            })
    void takesJsonByItsName(String contentType) {
        assertEquals("[]", new String(answer(contentType, Buffer.buffer("[]")).json(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/json",
                "application/jsonp",
                "application/json-seq",
                "application/xhtml+xml",
                "text/html; x=application/json",
                ""
            })
    void takesOtherContentForThatOfWhoeverStandsBeforeGoTo(String contentType) {
        assertTrue(WireFailures.isSilence(refusal(answer(contentType, Buffer.buffer("[]")))));
    }

    @Test
    void takesNothingForSilence() {
        assertTrue(WireFailures.isSilence(refusal(answer("application/json", Buffer.buffer()))));
    }

    @Test
    void takesContentWithoutATypeForNone() {
        var answer = new GoToAnswer(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("[]"));

        assertTrue(WireFailures.isSilence(refusal(answer)));
    }

    @Test
    void takesTooMuchForASignOfLife() {
        assertFalse(WireFailures.isSilence(refusal(answer("application/json", null))));
    }

    @Test
    void printsNothingOfWhatItSays() {
        assertEquals(
                "GoToAnswer[200]",
                answer("application/json", Buffer.buffer("secret")).toString());
        assertEquals(
                "GoToRequest[POST]",
                new GoToRequest(HttpMethod.POST, "secret", "secret", "secret", Buffer.buffer("secret")).toString());
    }

    private static GoToAnswer answer(String contentType, @Nullable Buffer body) {
        return new GoToAnswer(200, MultiMap.caseInsensitiveMultiMap().add("Content-Type", contentType), body);
    }

    private static Failure refusal(GoToAnswer answer) {
        return assertThrows(Failure.GoToUnavailable.class, answer::json);
    }
}
