package dev.meetgate.settings;

import dev.meetgate.doctor.Doctor;
import io.quarkus.runtime.Quarkus;
import java.util.List;

/** The main class in production. Checks the settings before Quarkus starts. */
public final class MeetGate {

    private static final String UNKNOWN_COMMAND = "MeetGate does not know this command. There are:";
    private static final List<String> COMMANDS = List.of("doctor [--json]", "erase-tenant <name>");

    private MeetGate() {}

    public static void main(String... arguments) {
        Settings settings = Settings.ofThisProcess();
        List<String> mistakes = SettingsCheck.mistakes(settings);
        if (arguments.length > 0 && arguments[0].equals("doctor")) {
            examine(settings, mistakes, arguments);
        }
        if (!mistakes.isEmpty()) {
            refuse("MeetGate does not start. Correct these settings:", mistakes);
        }
        if (arguments.length > 0) {
            prepareCommand(arguments);
        }
        // Quarkus would answer an address that is not a URI without a body. RequestAddress answers a problem.
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(arguments);
    }

    private static void examine(Settings settings, List<String> mistakes, String... arguments) {
        boolean json = arguments.length == 2 && arguments[1].equals("--json");
        if (arguments.length > 1 && !json) {
            refuse(UNKNOWN_COMMAND, COMMANDS);
        }
        System.exit(Doctor.examine(new ThisDeployment(settings, mistakes), json, System.out));
    }

    /** A command serves nobody, and may run beside a replica. {@code connect.EraseTenant} runs it. */
    private static void prepareCommand(String... arguments) {
        if (arguments.length != 2 || !arguments[0].equals("erase-tenant")) {
            refuse(UNKNOWN_COMMAND, COMMANDS);
        }
        for (String server : List.of("quarkus.http", "quarkus.management")) {
            System.setProperty(server + ".host", "127.0.0.1");
            System.setProperty(server + ".port", "0");
        }
    }

    /** Written to the standard error because no logger exists yet. */
    private static void refuse(String reason, List<String> details) {
        System.err.println(reason);
        details.forEach(detail -> System.err.println("  - " + detail));
        System.exit(1);
    }
}
