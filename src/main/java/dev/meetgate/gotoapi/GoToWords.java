package dev.meetgate.gotoapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The known words in an error answer of GoTo's. No other text of the answer leaves this class.
 *
 * @param code GoTo's error code
 * @param member the only member of GoTo's requests that the answer mentions
 */
record GoToWords(@Nullable String code, @Nullable String member) {

    static final GoToWords NONE = new GoToWords(null, null);

    static final String INVALID_TOKEN = "InvalidToken";

    private static final Set<String> CODES = Set.of(
            INVALID_TOKEN,
            "AUTHN_INVALID_TOKEN",
            "AUTHZ_INSUFFICIENT_SCOPE",
            "not.authenticated",
            "NOT_FOUND",
            "RequestValidationError");

    /** GoTo's APIs use different members for the error code. */
    private static final List<String> CODE_MEMBERS = List.of("int_err_code", "errorCode", "err", "error", "code");

    private static final List<String> REQUEST_MEMBERS = List.of(
            "subject",
            "starttime",
            "endtime",
            "passwordrequired",
            "conferencecallinfo",
            "timezonekey",
            "meetingtype",
            "coorganizerKeys");

    private static final Pattern REQUEST_MEMBER =
            Pattern.compile("\\b(?:" + String.join("|", REQUEST_MEMBERS) + ")\\b", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 64_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static GoToWords of(byte[] body) {
        return body.length == 0 || body.length > LONGEST ? NONE : new GoToWords(code(body), member(body));
    }

    private static @Nullable String code(byte[] body) {
        try {
            JsonNode error = JSON.readTree(body);
            return CODE_MEMBERS.stream()
                    .map(error::path)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .filter(CODES::contains)
                    .orElse(null);
        } catch (IOException notJson) {
            return null;
        }
    }

    private static @Nullable String member(byte[] body) {
        Set<String> mentioned = REQUEST_MEMBER
                .matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .map(match -> match.group().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return mentioned.size() != 1
                ? null
                : REQUEST_MEMBERS.stream()
                        .filter(member -> mentioned.contains(member.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(null);
    }
}
