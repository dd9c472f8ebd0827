package dev.meetgate.attack;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs all checks and prints one line for each. The exit status is 1 if a check failed. */
public final class Attack {

    private Attack() {}

    public static void main(String... arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var target = new Target(Options.ofThisProcess());
        String only = System.getProperty("only", "");
        long memory = target.residentMegabytes();
        List<Outcome> outcomes = checks().stream()
                .filter(check -> check.name().contains(only))
                .map(check -> Outcome.of(check, target))
                .toList();
        Unasked.REASONS.forEach((what, why) -> System.out.printf("NOT ASKED  %s: %s%n", what, why));
        System.out.printf(
                "%n%d passed, %d failed, %d not asked, %d requests sent%s%n",
                count(outcomes, outcome -> outcome == Outcome.PASS),
                count(outcomes, outcome -> outcome == Outcome.FAIL),
                count(outcomes, outcome -> outcome == Outcome.NOT_ASKED) + Unasked.REASONS.size(),
                target.requests(),
                memory < 0
                        ? ""
                        : ", memory %d MB before and %d MB after".formatted(memory, target.residentMegabytes()));
        System.exit(outcomes.contains(Outcome.FAIL) ? 1 : 0);
    }

    /** All checks. Those that weigh on the target come last. */
    public static List<Check> checks() {
        return Stream.of(
                        Framing.checks(),
                        Addresses.checks(),
                        Credentials.checks(),
                        Headers.checks(),
                        Bodies.checks(),
                        Links.checks(),
                        Callbacks.checks(),
                        Meetings.checks(),
                        Misbehaviour.checks(),
                        Weight.checks())
                .flatMap(List::stream)
                .toList();
    }

    private static long count(List<Outcome> outcomes, Predicate<Outcome> kind) {
        return outcomes.stream().filter(kind).count();
    }

    private enum Outcome {
        PASS,
        FAIL,
        NOT_ASKED;

        static Outcome of(Check check, Target target) {
            Outcome outcome = PASS;
            String reason = "";
            try {
                check.attempt().on(target);
            } catch (NotAsked missing) {
                outcome = NOT_ASKED;
                reason = ": " + missing.getMessage();
            } catch (AssertionError | IOException | RuntimeException wrong) {
                outcome = FAIL;
                reason = ": " + wrong;
            }
            System.out.printf("%-9s  %s%s%n", outcome.name().replace('_', ' '), check.name(), reason);
            return outcome;
        }
    }
}
