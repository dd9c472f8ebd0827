package dev.meetgate.problem;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request: of the header {@code X-Request-Id}, or else our own. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    private static final String KEY = "meetgate.request-id";
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,128}");
    private static final Pattern UUID_PATTERN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private RequestId() {}

    /** Keeps the id for the rest of the request, and returns it. An id that is not fit is replaced. */
    public static String begin(Context request, @Nullable String header) {
        String id = header != null && VISIBLE.matcher(header).matches() ? header : random();
        request.putLocal(KEY, id);
        return id;
    }

    /** An id that is no secret. */
    public static String random() {
        var random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & (Long.MAX_VALUE >>> 1)) | Long.MIN_VALUE;
        return new UUID(version4, variant).toString();
    }

    /**
     * The id of a problem, which has the id of its request: itself if it is a UUID, else after a UUID of its
     * own.
     */
    static URI instance() {
        Context context = Vertx.currentContext();
        String id = context == null ? null : context.getLocal(KEY);
        if (id == null) {
            id = random();
        }
        return URI.create(
                UUID_PATTERN.matcher(id).matches()
                        ? "urn:uuid:" + id
                        : "urn:uuid:" + random() + "#" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    }

    /** The id of this request, which {@link #begin} has kept. */
    public static String of(Context request) {
        String id = request.getLocal(KEY);
        return id == null ? random() : id;
    }
}
