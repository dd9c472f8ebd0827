package dev.meetgate.settings;

import io.quarkus.runtime.Quarkus;
import java.util.List;

/** The main class in production. Checks the settings before Quarkus starts. */
public final class MeetGate {

    private MeetGate() {}

    public static void main(String... arguments) {
        List<String> mistakes = SettingsCheck.mistakes(Settings.ofThisProcess());
        if (mistakes.isEmpty()) {
            // Quarkus answers an address that is not a URI with an empty body. RequestAddress answers it with a
            // problem.
            System.setProperty("vertx.disableURIValidation", "true");
            Quarkus.run(arguments);
            return;
        }
        // Written to the standard error because no logger exists yet.
        System.err.println("MeetGate does not start. Correct these settings:");
        mistakes.forEach(mistake -> System.err.println("  - " + mistake));
        System.exit(1);
    }
}
