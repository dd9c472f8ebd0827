package dev.meetgate.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the mistakes in the settings of the process, of which Quarkus reads most. */
final class ProcessCheck {

    private static final String MANAGEMENT_PORT = "QUARKUS_MANAGEMENT_PORT";
    private static final String HTTPS_PORT = "QUARKUS_HTTP_SSL_PORT";
    private static final String LEVELS =
            "(?i)OFF|FATAL|ERROR|WARN|INFO|DEBUG|TRACE|SEVERE|WARNING|CONFIG|FINE|FINER|FINEST|ALL";

    /** Vert.x counts milliseconds in an int. */
    private static final Duration LONGEST_IDLE_TIME = Duration.ofDays(24);

    private static final Duration A_YEAR = Duration.ofDays(365);

    private final Settings settings;
    private final Mistakes mistakes;

    private ProcessCheck(Settings settings, Mistakes mistakes) {
        this.settings = settings;
        this.mistakes = mistakes;
    }

    static void check(Settings settings, Mistakes mistakes) {
        var check = new ProcessCheck(settings, mistakes);
        check.ports();
        check.times();
        mistakes.flag("MEETGATE_MIGRATE");
        mistakes.check(Settings.LOG_FORMAT, "text|json", "text or json");
        mistakes.check(Settings.LOG_LEVEL, LEVELS, "INFO, WARN or ERROR");
        mistakes.check("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "[1-9]\\d{0,8}", "a whole number from 1");
    }

    private void ports() {
        for (String name : List.of("PORT", MANAGEMENT_PORT)) {
            mistakes.check(
                    name,
                    port -> port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535,
                    "a port from 1 to 65535, or to 0 for any port that is free");
        }
        List<String> portsOfTheApi = portsOfTheApi();
        String management = first("9000", MANAGEMENT_PORT);
        if (portsOfTheApi.contains(management) && isOneHost()) {
            // Vert.x would let the two servers take turns at the connections.
            anotherPort(MANAGEMENT_PORT, management, "the API");
        }
        if (portsOfTheApi.size() == 2 && portsOfTheApi.get(0).equals(portsOfTheApi.get(1))) {
            anotherPort(HTTPS_PORT, portsOfTheApi.get(0), "http");
        }
    }

    /** Of those that are open. A 0, for any port that is free, is none. */
    private List<String> portsOfTheApi() {
        var ports = new ArrayList<String>();
        if (!first("enabled", "QUARKUS_HTTP_INSECURE_REQUESTS").equalsIgnoreCase("disabled")) {
            ports.add(first("8080", "QUARKUS_HTTP_PORT", "PORT"));
        }
        if (settings.hasTls()) {
            ports.add(first("8443", HTTPS_PORT));
        }
        ports.removeIf("0"::equals);
        return ports;
    }

    private void anotherPort(String name, String port, String owner) {
        String what = "another port than %s, which is that of %s".formatted(port, owner);
        if (mistakes.value(name) == null) {
            mistakes.missing(name, what);
        } else {
            mistakes.wrong(name, what);
        }
    }

    private boolean isOneHost() {
        String any = "0.0.0.0";
        return first(any, "QUARKUS_HTTP_HOST").equals(first(any, "QUARKUS_MANAGEMENT_HOST"));
    }

    private String first(String otherwise, String... names) {
        return Stream.of(names)
                .map(mistakes::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(otherwise);
    }

    private void times() {
        mistakes.time(
                "QUARKUS_HTTP_IDLE_TIMEOUT", Duration.ZERO, LONGEST_IDLE_TIME, "a time of at most 24d, such as 60s");
        for (String name : List.of(
                "QUARKUS_SHUTDOWN_DELAY",
                "QUARKUS_DATASOURCE_REACTIVE_IDLE_TIMEOUT",
                "QUARKUS_DATASOURCE_REACTIVE_MAX_LIFETIME")) {
            mistakes.time(name, Duration.ZERO, A_YEAR, "a time of at most 365d, such as 10s or PT2M");
        }
    }
}
