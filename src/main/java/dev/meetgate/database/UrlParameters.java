package dev.meetgate.database;

import dev.meetgate.database.DatabaseUrl.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a {@link DatabaseUrl}, as psql reads them. Each can be taken once; the rest is refused.
 */
final class UrlParameters {

    /** What only matters to libpq itself. */
    private static final Pattern OF_LIBPQ = Pattern.compile("keepalives.*|tcp_user_timeout|sslcompression|sslsni"
            + "|client_encoding|fallback_application_name|load_balance_hosts");

    private static final String SYSTEM = "system";

    private final Map<String, String> parameters = new TreeMap<>();

    UrlParameters(@Nullable String query) {
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("the parameter " + parts[0] + " has no value");
            }
            parameters.put(
                    DatabaseUrl.text(DatabaseUrl.decoded(parts[0])), DatabaseUrl.text(DatabaseUrl.decoded(parts[1])));
        }
    }

    @Nullable
    String take(String name, @Nullable String otherwise) {
        String value = parameters.remove(name);
        return value == null ? otherwise : value;
    }

    Map<String, String> takeSession() {
        var session = new TreeMap<String, String>();
        for (String name : new String[] {"application_name", "options"}) {
            String value = parameters.remove(name);
            if (value != null) {
                session.put(name, value);
            }
        }
        return session;
    }

    /** With several hosts, MeetGate looks for the primary also where psql would take any. */
    boolean takePrimary(int hosts) {
        String attributes = parameters.remove("target_session_attrs");
        if (attributes != null && !attributes.matches("any|read-write|primary")) {
            throw new IllegalArgumentException("target_session_attrs=" + attributes
                    + " leads to a server that MeetGate cannot write to. Set target_session_attrs=read-write");
        }
        return attributes == null ? hosts > 1 : !attributes.equals("any");
    }

    int takeConnectSeconds(int hosts) {
        String timeout = parameters.remove("connect_timeout");
        if (timeout != null && !timeout.matches("\\d{1,4}")) {
            throw new IllegalArgumentException("connect_timeout is not a number of seconds");
        }
        int seconds = timeout == null ? 0 : Integer.parseInt(timeout);
        // A pool that waits for long is no use, and another host may be the primary by now.
        int longest = hosts > 1 ? 3 : 15;
        return seconds == 0 ? longest : Math.max(2, Math.min(seconds, 60));
    }

    /** The mode that these parameters ask for together. Leaves {@code sslrootcert}. */
    Tls takeTls(boolean loopback) {
        String certificates = parameters.get("sslrootcert");
        String ssl = parameters.remove("ssl");
        String word = take("sslmode", "true".equals(ssl) ? "require" : null);
        Tls tls = word == null ? null : tls(word);
        String binding = parameters.remove("channel_binding");
        if (binding != null && !binding.matches("disable|prefer|require")) {
            throw new IllegalArgumentException("channel_binding is not one of disable, prefer and require");
        }
        // A verified certificate prevents the same attack as channel binding: a man in the middle.
        if ("require".equals(binding)) {
            return Tls.VERIFY_FULL;
        }
        if (SYSTEM.equals(certificates)) {
            if (tls != null && tls != Tls.VERIFY_FULL) {
                throw new IllegalArgumentException("sslrootcert=system needs sslmode=verify-full");
            }
            return Tls.VERIFY_FULL;
        }
        if (tls == Tls.REQUIRE && certificates != null) {
            return Tls.VERIFY_CA;
        }
        if (tls == null) {
            return loopback ? Tls.ALLOW : Tls.PREFER;
        }
        return tls;
    }

    private static Tls tls(String word) {
        return Stream.of(Tls.values())
                .filter(tls -> tls.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sslmode is not one of "
                        + Stream.of(Tls.values()).map(Tls::word).collect(Collectors.joining(", "))));
    }

    /** A file, or null for the certificate authorities of this machine. */
    @Nullable
    String takeRootCertificates() {
        String file = parameters.remove("sslrootcert");
        if (file == null || SYSTEM.equals(file)) {
            return null;
        }
        if (!Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException("the file " + file + " of sslrootcert cannot be read");
        }
        return file;
    }

    void refuseOthers() {
        parameters.forEach((name, value) -> {
            if (name.matches("sslcert|sslkey|sslpassword")) {
                throw new IllegalArgumentException(
                        "MeetGate logs in with a password, not with a certificate. Leave out " + name);
            }
            boolean harmless = OF_LIBPQ.matcher(name).matches()
                    || (name.equals("gssencmode") && !value.equals("require"))
                    || (name.equals("sslnegotiation") && value.equals("postgres"));
            if (!harmless) {
                throw new IllegalArgumentException("MeetGate does not know its parameter " + name + ". Leave it out");
            }
        });
    }
}
