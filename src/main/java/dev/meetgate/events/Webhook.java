package dev.meetgate.events;

import dev.meetgate.secret.Secret;
import dev.meetgate.secret.Sha256;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.List;

/** Where a tenant gets its events. */
record Webhook(String tenant, URI url, List<Secret> secrets, boolean isThroughProxy) {

    /** The URL may contain a secret. */
    Buffer urlSha256() {
        return Buffer.buffer(Sha256.of(url.toString()));
    }

    int port() {
        return url.getPort() < 0 ? isTls() ? 443 : 80 : url.getPort();
    }

    boolean isTls() {
        return "https".equals(url.getScheme());
    }

    /** The path and the query. */
    String target() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
