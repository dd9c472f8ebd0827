package dev.meetgate.settings;

import dev.meetgate.problem.EditDistance;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of settings, and which of them is meant by a name that is no setting. */
final class KnownNames {

    private static final Pattern SETTING = Pattern.compile("(GOTO|MEETGATE)_.*");
    private static final Pattern FILE = Pattern.compile("_FILE$");
    private static final Pattern KEY = Pattern.compile(".+_KEYS_.+_");
    private static final Pattern PRODUCT = Pattern.compile("^(GOTO|MEETGATE|QUARKUS)_");

    /** Kubernetes sets these for each Service. The values of the second kind are addresses. */
    private static final Pattern SERVICE = Pattern.compile(".*_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)");

    private static final Pattern SERVICE_PORT = Pattern.compile(".*_PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?");
    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Set<String> names = new TreeSet<>();

    void add(String name) {
        names.add(name);
    }

    /** The names that look like settings, are none, and are not of Kubernetes. */
    Set<String> unknownIn(Map<String, String> variables) {
        var unknown = new TreeSet<String>();
        variables.forEach((name, value) -> {
            if (SETTING.matcher(name.toUpperCase(Locale.ROOT)).matches()
                    && !names.contains(name)
                    && !names.contains(FILE.matcher(name).replaceFirst(""))
                    && !isOfKubernetes(name, value)) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    private static boolean isOfKubernetes(String name, String value) {
        boolean port = SERVICE_PORT.matcher(name).matches();
        return SERVICE.matcher(name).matches()
                || (port && (name.contains("_PORT_") || ADDRESS.matcher(value).matches()));
    }

    /** The setting with the most similar name, if it is similar enough. */
    Optional<String> similarTo(String name) {
        String wanted = FILE.matcher(name.toUpperCase(Locale.ROOT)).replaceFirst("");
        String end = name.endsWith("_FILE") ? "_FILE" : "";
        Stream<Candidate> candidates = wanted.startsWith(Settings.TENANTS)
                ? ofTenants(wanted)
                : names.stream().map(known -> Candidate.of(known, withoutProduct(wanted), withoutProduct(known)));
        return candidates
                .filter(Candidate::isSimilar)
                .min(Comparator.comparingInt(Candidate::distance))
                .map(candidate -> candidate.name() + end);
    }

    private static String withoutProduct(String name) {
        return PRODUCT.matcher(name).replaceFirst("");
    }

    /** The name of the tenant may end at each underscore. */
    private static Stream<Candidate> ofTenants(String wanted) {
        return IntStream.range(Settings.TENANTS.length() + 1, wanted.length())
                .filter(end -> wanted.charAt(end) == '_')
                .mapToObj(end -> end + 1)
                .flatMap(start -> (KEY.matcher(wanted.substring(0, start)).matches()
                                ? Settings.OF_KEYS
                                : Settings.OF_TENANTS)
                        .stream()
                                .map(known -> Candidate.of(
                                        wanted.substring(0, start) + known, wanted.substring(start), known)));
    }

    private record Candidate(String name, int distance, int length) {

        static Candidate of(String name, String wanted, String known) {
            return new Candidate(name, EditDistance.between(wanted, known), known.length());
        }

        boolean isSimilar() {
            return distance <= 1 + length / 5;
        }
    }
}
