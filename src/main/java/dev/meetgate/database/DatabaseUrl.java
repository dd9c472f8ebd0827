package dev.meetgate.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is and who logs in, from a URL that is read as psql reads it. Where MeetGate cannot do
 * what psql does, parsing fails with a sentence about what to set.
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

        public boolean isLoopback() {
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

    private static final int DEFAULT_PORT = 5432;

    /** Fails with an {@link IllegalArgumentException} that says what to set and contains no password. */
    public static DatabaseUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("it is not of the form postgresql://user:password@host:port/database"
                    + " (percent-encode special characters of the password)");
        }
        var parameters = new UrlParameters(url.group("parameters"));
        List<Host> hosts =
                hosts(text(parameters.take("host", decoded(url.group("hosts")))), parameters.take("port", null));
        String user = parameters.take("user", decoded(url.group("user")));
        String database = parameters.take("dbname", decoded(url.group("database")));
        String password = parameters.take("password", decoded(url.group("password")));
        Map<String, String> session = parameters.takeSession();
        boolean primary = parameters.takePrimary(hosts.size());
        int connectSeconds = parameters.takeConnectSeconds(hosts.size());
        Tls tls = parameters.takeTls(hosts.stream().allMatch(Host::isLoopback));
        String rootCertificates = parameters.takeRootCertificates();
        parameters.refuseOthers();
        return new DatabaseUrl(
                hosts,
                database == null ? user : database,
                user,
                password,
                tls,
                rootCertificates,
                primary,
                connectSeconds,
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

    /** The login at one of the hosts, whether it accepts writes or not. */
    public DatabaseUrl atHost(Host host, Duration patience) {
        return new DatabaseUrl(
                List.of(host),
                database,
                user,
                password,
                tls,
                rootCertificates,
                false,
                (int) patience.toSeconds(),
                session);
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

    /** Attempts to connect, the better ones first. */
    List<Candidate> candidates() {
        List<Boolean> encrypted =
                switch (tls) {
                    case DISABLE -> List.of(false);
                    case ALLOW -> List.of(false, true);
                    case PREFER -> List.of(true, false);
                    case REQUIRE, VERIFY_CA, VERIFY_FULL -> List.of(true);
                };
        return hosts.stream()
                .flatMap(host -> encrypted.stream().map(how -> new Candidate(host, how)))
                .toList();
    }

    record Candidate(Host host, boolean encrypted) {}

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

    static @Nullable String decoded(@Nullable String text) {
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

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
