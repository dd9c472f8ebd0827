package dev.meetgate.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is and who logs in, from a URL that is read as psql reads it. Where MeetGate cannot do what
 * psql does, parsing fails with a sentence about what to set.
 *
 * @param rootCertificates a file in PEM, or null for the certificate authorities of this machine
 * @param primary whether only a server that accepts writes is good enough
 * @param session the parameters of the session, such as {@code application_name}
 */
@RegisterForReflection(classNames = DatabaseUrl.TRUSTING_THIS_MACHINE)
public record DatabaseUrl(
        List<Host> hosts,
        @Nullable String database,
        @Nullable String user,
        @Nullable String password,
        Tls tls,
        @Nullable String rootCertificates,
        boolean primary,
        int connectSeconds,
        Map<String, String> session) {

    /** A server of PostgreSQL. */
    public record Host(String name, int port) {

        private boolean isLoopback() {
            return name.equals("localhost") || name.equals("::1") || name.startsWith("127.");
        }

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /** Whether connections are encrypted, and what is verified. */
    public enum Tls {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The JDBC driver creates it by its name. */
    static final String TRUSTING_THIS_MACHINE = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private static final Pattern URL = Pattern.compile("(?:vertx-reactive:)?postgres(?:ql)?://"
            + "(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?"
            + "(?<hosts>[^/?@]*)(?:/(?<database>[^/?]*))?/?(?:\\?(?<parameters>.*))?");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<v6>[^]]+)]|(?<name>[^:\\[\\]]+))(?::(?<port>\\d{1,5}))?");

    /** What only matters to libpq itself. */
    private static final Pattern OF_LIBPQ = Pattern.compile("keepalives.*|tcp_user_timeout|sslcompression|sslsni"
            + "|client_encoding|fallback_application_name|load_balance_hosts");

    private static final int DEFAULT_PORT = 5432;
    private static final String SYSTEM = "system";

    /** Fails with an {@link IllegalArgumentException} that says what to set and contains no password. */
    public static DatabaseUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("it is not of the form postgresql://user:password@host:port/database"
                    + " (percent-encode special characters of the password)");
        }
        Map<String, String> parameters = parameters(url.group("parameters"));
        var session = new TreeMap<String, String>();
        move("application_name", parameters, session);
        move("options", parameters, session);
        String hosts = given(parameters.remove("host"), decoded(url.group("hosts")));
        String port = parameters.remove("port");
        List<Host> servers = hosts(text(hosts), port);
        String user = given(parameters.remove("user"), decoded(url.group("user")));
        String database = given(parameters.remove("dbname"), decoded(url.group("database")));
        String password = given(parameters.remove("password"), decoded(url.group("password")));
        boolean primary = primary(parameters.remove("target_session_attrs"), servers.size());
        int seconds = seconds(parameters.remove("connect_timeout"), servers.size());
        String certificates = parameters.remove("sslrootcert");
        Tls tls = tls(parameters, certificates, servers);
        refuseOthers(parameters);
        return new DatabaseUrl(
                servers,
                database == null ? user : database,
                user,
                password,
                tls,
                SYSTEM.equals(certificates) ? null : readable(certificates),
                primary,
                seconds,
                session);
    }

    /** The same database with another login, where these are given. */
    public DatabaseUrl as(@Nullable String otherUser, @Nullable String otherPassword) {
        return new DatabaseUrl(
                hosts,
                given(database, otherUser),
                given(otherUser, user),
                given(otherPassword, password),
                tls,
                rootCertificates,
                primary,
                connectSeconds,
                session);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        var parameters = new TreeMap<String, String>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("the parameter " + parts[0] + " has no value");
            }
            parameters.put(text(decoded(parts[0])), text(decoded(parts[1])));
        }
        return parameters;
    }

    private static void move(String name, Map<String, String> from, Map<String, String> to) {
        String value = from.remove(name);
        if (value != null) {
            to.put(name, value);
        }
    }

    private static List<Host> hosts(String hosts, @Nullable String ports) {
        var servers = new ArrayList<Host>();
        String[] names = hosts.split(",", -1);
        String[] numbers = ports == null ? new String[0] : ports.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("/")) {
                throw new IllegalArgumentException(
                        "the host is a socket's folder. MeetGate connects by TCP: set a name or an address");
            }
            Matcher host = HOST.matcher(names[i]);
            if (!host.matches()) {
                throw new IllegalArgumentException("a host is missing or is not of the form name:port");
            }
            String port = numbers.length == 0 ? host.group("port") : numbers[Math.min(i, numbers.length - 1)];
            String name = host.group("v6") == null ? host.group("name") : host.group("v6");
            servers.add(new Host(name, port == null || port.isEmpty() ? DEFAULT_PORT : port(port)));
        }
        return List.copyOf(servers);
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port is not a number from 1 to 65535");
        }
        return port;
    }

    /** With several hosts, MeetGate looks for the primary also where psql would take any. */
    private static boolean primary(@Nullable String attributes, int hosts) {
        if (attributes != null && !attributes.matches("any|read-write|primary")) {
            throw new IllegalArgumentException("target_session_attrs=" + attributes
                    + " leads to a server that MeetGate cannot write to. Set target_session_attrs=read-write");
        }
        return attributes == null ? hosts > 1 : !attributes.equals("any");
    }

    private static int seconds(@Nullable String timeout, int hosts) {
        if (timeout != null && !timeout.matches("\\d{1,4}")) {
            throw new IllegalArgumentException("connect_timeout is not a number of seconds");
        }
        int seconds = timeout == null ? 0 : Integer.parseInt(timeout);
        // A pool that waits for long is no use, and another host may be the primary by now.
        int longest = hosts > 1 ? 3 : 15;
        return seconds == 0 ? longest : Math.max(2, Math.min(seconds, 60));
    }

    private static Tls tls(Map<String, String> parameters, @Nullable String certificates, List<Host> hosts) {
        String ssl = parameters.remove("ssl");
        String word = given(parameters.remove("sslmode"), "true".equals(ssl) ? "require" : null);
        Tls tls = word == null ? null : tls(word);
        String binding = parameters.remove("channel_binding");
        if (binding != null && !binding.matches("disable|prefer|require")) {
            throw new IllegalArgumentException("channel_binding is not one of disable, prefer and require");
        }
        // What channel binding excludes, a man in the middle, a verified certificate excludes as well.
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
            return hosts.stream().allMatch(Host::isLoopback) ? Tls.ALLOW : Tls.PREFER;
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

    private static void refuseOthers(Map<String, String> parameters) {
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

    private static @Nullable String readable(@Nullable String file) {
        if (file != null && !Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException("the file " + file + " of sslrootcert cannot be read");
        }
        return file;
    }

    /** Attempts to connect, the better ones first. */
    List<Attempt> attempts() {
        List<Boolean> encrypted =
                switch (tls) {
                    case DISABLE -> List.of(false);
                    case ALLOW -> List.of(false, true);
                    case PREFER -> List.of(true, false);
                    case REQUIRE, VERIFY_CA, VERIFY_FULL -> List.of(true);
                };
        return hosts.stream()
                .flatMap(host -> encrypted.stream().map(how -> new Attempt(host, how)))
                .toList();
    }

    record Attempt(Host host, boolean encrypted) {}

    /** The URL without login and parameters, of the first host. */
    public String plain() {
        return "postgresql://" + hosts.get(0) + "/" + encoded(text(database));
    }

    /** The URL as the JDBC driver reads it, without the login. */
    public String jdbc() {
        var parameters = new TreeMap<String, String>();
        parameters.put("sslmode", tls.word());
        if (rootCertificates != null) {
            parameters.put("sslrootcert", rootCertificates);
        } else if (tls == Tls.VERIFY_FULL || tls == Tls.VERIFY_CA) {
            parameters.put("sslfactory", TRUSTING_THIS_MACHINE);
        }
        if (primary) {
            parameters.put("targetServerType", "primary");
        }
        parameters.put("connectTimeout", String.valueOf(connectSeconds));
        parameters.put("tcpKeepAlive", "true");
        session.forEach(
                (name, value) -> parameters.put(name.equals("application_name") ? "ApplicationName" : name, value));
        return "jdbc:postgresql://%s/%s?%s"
                .formatted(
                        hosts.stream().map(Host::toString).collect(Collectors.joining(",")),
                        encoded(text(database)),
                        parameters.entrySet().stream()
                                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                                .collect(Collectors.joining("&")));
    }

    @Override
    public String toString() {
        return plain();
    }

    private static @Nullable String decoded(@Nullable String text) {
        return text == null || text.isEmpty()
                ? null
                : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static @Nullable String given(@Nullable String text, @Nullable String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
