package dev.meetgate.console;

import dev.meetgate.problem.Failure;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a form that was sent. */
record Form(Map<String, List<String>> fields) {

    private static final int MOST_FIELDS = 10;

    /** @param body as {@code application/x-www-form-urlencoded} (WHATWG URL §5.1) */
    static Form read(byte[] body) {
        try {
            String text = new String(body, StandardCharsets.US_ASCII);
            return new Form(
                    new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_FIELDS, true).parameters());
        } catch (IllegalArgumentException malformed) {
            throw new Failure.InvalidRequest("body", "The form is malformed. Send it from its page.");
        }
    }

    /** Null for a field that was not sent, or was sent twice. */
    @Nullable
    String text(String field) {
        List<String> values = fields.getOrDefault(field, List.of());
        return values.size() == 1 ? values.get(0) : null;
    }
}
