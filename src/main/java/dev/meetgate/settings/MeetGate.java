package dev.meetgate.settings;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Where the process begins: with settings that are right, or not at all. */
@QuarkusMain
public final class MeetGate {

    private MeetGate() {}

    public static void main(String... arguments) {
        List<String> mistakes = SettingsCheck.mistakes(Settings.ofThisProcess());
        if (mistakes.isEmpty()) {
            Quarkus.run(arguments);
            return;
        }
        // There is no logger yet, and this is what an operator looks for.
        System.err.println("MeetGate does not start. What to set:");
        mistakes.forEach(mistake -> System.err.println("  - " + mistake));
        System.exit(1);
    }
}
