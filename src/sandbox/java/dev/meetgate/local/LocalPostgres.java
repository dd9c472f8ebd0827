package dev.meetgate.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A real PostgreSQL that ends with this process. Its data is in a temporary folder. */
public final class LocalPostgres {

    public static final String USER = "postgres";

    /** The beginning of every URL of an embedded server. A developer's own server usually has "localhost". */
    static final String URL_START = "postgresql://127.0.0.1:";

    private static final String URL = "local.postgres";

    private LocalPostgres() {}

    /** The URL, such as {@code postgresql://127.0.0.1:5433/postgres}. The first call starts the server. */
    public static synchronized String url() {
        // A system property survives a live reload. A static field does not.
        String url = System.getProperty(URL);
        if (url == null) {
            url = URL_START + start() + "/postgres";
            System.setProperty(URL, url);
        }
        return url;
    }

    private static int start() {
        try {
            return EmbeddedPostgres.builder().start().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
        }
    }
}
