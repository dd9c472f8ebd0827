package dev.meetgate.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All figures, in the order in which they were measured. */
final class Report {

    /** What is measured, and in what. */
    record Measure(String name, String unit) {}

    private final Map<Measure, Map<String, Double>> figures = new LinkedHashMap<>();
    private final Set<String> subjects = new LinkedHashSet<>();

    static void missing(String what) {
        System.out.printf("%n!!! NOT MEASURED: %s%n", what);
    }

    void add(String subject, String measure, String unit, double value) {
        subjects.add(subject);
        figures.computeIfAbsent(new Measure(measure, unit), any -> new LinkedHashMap<>())
                .put(subject, value);
        System.out.printf("%-10s %-45s %10s %s%n", subject, measure, text(value), unit);
    }

    Map<Measure, Map<String, Double>> figures() {
        return figures;
    }

    /** One line for each measure, one column for each subject, and what the first one is of each yardstick. */
    String table() {
        var columns = new ArrayList<>(subjects);
        var lines = new ArrayList<String>();
        lines.add(line("", columns));
        figures.forEach((measure, values) -> lines.add(line(
                measure.name() + ", " + measure.unit(),
                columns.stream()
                        .map(subject -> values.containsKey(subject) ? text(values.get(subject)) : "")
                        .toList())));
        return String.join("\n", lines);
    }

    private static String line(String first, List<String> cells) {
        var line = new StringBuilder("%-50s".formatted(first));
        cells.forEach(cell -> line.append("%12s".formatted(cell)));
        return line.toString();
    }

    static String text(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return ("%." + decimals + "f").formatted(value);
    }
}
