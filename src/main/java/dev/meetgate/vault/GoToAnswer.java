package dev.meetgate.vault;

import dev.meetgate.problem.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What GoTo's API answered.
 *
 * @param body nothing where it is longer than what is taken in
 */
public record GoToAnswer(
        int status, MultiMap headers, @Nullable Buffer body) {

    private static final Pattern JSON =
            Pattern.compile("application/(?:[a-z0-9.-]+\\+)?json(?:\\s*;.*)?", Pattern.CASE_INSENSITIVE);

    /** A redirect is no success either: whoever followed one would go there with what they show us. */
    public GoToAnswer orFail() {
        if (status >= 300) {
            throw GoToErrors.of(status, headers::get, () -> text(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** Fails where the token is in it: whoever echoes what it is sent would hand it to the caller. */
    public GoToAnswer orFailIfItRepeats(Bearer bearer) {
        if (text(StandardCharsets.ISO_8859_1).contains(bearer.accessToken().reveal())) {
            throw Failure.GoToUnavailable.answered("GoTo answered with the access token in it.");
        }
        return this;
    }

    /** The body, which is JSON as its content type says. Fails where there is none, or other content. */
    public byte[] json() {
        if (body == null) {
            throw Failure.GoToUnavailable.answered("GoTo answered more than is read.");
        }
        if (body.length() == 0) {
            throw new Failure.GoToUnavailable("GoTo answered nothing.");
        }
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type == null || !JSON.matcher(type).matches()) {
            // From whoever stands before GoTo and does not reach it.
            throw new Failure.GoToUnavailable("GoTo answered what is not JSON.");
        }
        return body.getBytes();
    }

    /** Nothing of what it says: a body may have a URL in it that makes whoever has it a host. */
    @Override
    public String toString() {
        return "GoToAnswer[" + status + "]";
    }

    private String text(Charset charset) {
        return body == null ? "" : body.toString(charset);
    }
}
