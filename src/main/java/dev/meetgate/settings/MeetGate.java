package dev.meetgate.settings;

import io.quarkus.runtime.Quarkus;
import java.util.List;

/**
 * Where the process begins in production: with settings that are right, or not at all. Dev mode and tests bring surroundings of
 * their own and begin at Quarkus' own main.
 */
public final class MeetGate {

    private MeetGate() {}

    public static void main(String... arguments) {
        List<String> mistakes = SettingsCheck.mistakes(Settings.ofThisProcess());
        if (mistakes.isEmpty()) {
            Quarkus.run(arguments);
            return;
        }
        // There is no logger yet, and this is what an operator looks for.
        System.err.println("MeetGate does not start. Correct these settings:");
        mistakes.forEach(mistake -> System.err.println("  - " + mistake));
        System.exit(1);
    }
}
