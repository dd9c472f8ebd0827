package dev.meetgate.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A real PostgreSQL for this process: it starts with it, has its data in a temporary folder, and ends with it. */
public final class LocalPostgres {

    public static final String USER = "postgres";

    /** A URL that no other server of a developer's is likely to have. */
    static final String URL_START = "postgresql://127.0.0.1:";

    private static final String URL = "local.postgres";

    private LocalPostgres() {}

    /** Its URL, such as {@code postgresql://127.0.0.1:5433/postgres}. The first call starts it. */
    public static synchronized String url() {
        // A system property, since each live reload begins with a new class loader and the server is to outlive it.
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
