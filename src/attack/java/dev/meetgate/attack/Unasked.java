package dev.meetgate.attack;

import java.util.Map;
import java.util.TreeMap;

/** What cannot be asked of a running MeetGate from outside, and the test that asks it. */
final class Unasked {

    static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry("An attempt that is older than ten minutes", "takes too long; ConnectTest moves the clock"),
            Map.entry("A connection to the database that swallows bytes", "needs the network; DatabaseIT"),
            Map.entry("A replica that is killed while it refreshes", "needs the process; KillIT"),
            Map.entry(
                    "Secrets with odd characters, and misspelt settings",
                    "needs a start; SettingsCheckTest and StartIT"),
            Map.entry("Sealed tokens that are copied to another row", "needs the database; SealedTokensTest"),
            Map.entry("Replacing a sealing key", "needs a start; KeyRotationIT"),
            Map.entry("Secrets in the log", "needs the log; RefreshTest and ConnectTest"),
            Map.entry("The certificate of GoTo", "needs another GoTo; RealServersIT")));

    private Unasked() {}
}
