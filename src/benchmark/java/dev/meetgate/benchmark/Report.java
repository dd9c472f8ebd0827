package dev.meetgate.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All figures, in the order in which they were measured. */
final class Report {

    private static final List<String> YARDSTICKS = List.of("Express", "proxy");

    /**
     * One measure of every subject that has it.
     *
     * @param ratios by yardstick, what each subject's value is of the yardstick's
     */
    record Row(String measure, String unit, Map<String, Double> values, Map<String, Map<String, Double>> ratios) {

        private Row(String measure, String unit) {
            this(measure, unit, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        private void add(String subject, double value) {
            values.put(subject, value);
            YARDSTICKS.stream().filter(values::containsKey).forEach(this::compare);
        }

        private void compare(String yardstick) {
            var ratio = new LinkedHashMap<String, Double>();
            values.forEach((subject, value) -> ratio.put(subject, value / values.get(yardstick)));
            ratios.put(yardstick, ratio);
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Set<String> subjects = new LinkedHashSet<>();

    static void missing(String what) {
        System.out.printf("%n!!! NOT MEASURED: %s%n%n", what);
    }

    void add(String subject, String measure, String unit, double value) {
        subjects.add(subject);
        rows.computeIfAbsent(measure, name -> new Row(name, unit)).add(subject, value);
        System.out.printf("%-10s %-48s %10s %s%n", subject, measure, text(value), unit);
    }

    /** One line for each measure, one column for each subject, and what the first subject's value is of each yardstick's. */
    String table() {
        String first = subjects.iterator().next();
        var head = new ArrayList<>(subjects);
        YARDSTICKS.forEach(yardstick -> head.add(first + "÷" + yardstick));
        var lines = new ArrayList<String>();
        lines.add(line("", head, head));
        for (Row row : rows.values()) {
            var cells = new ArrayList<String>();
            subjects.forEach(subject -> cells.add(text(row.values().get(subject))));
            YARDSTICKS.forEach(yardstick -> cells.add(
                    text(row.ratios().getOrDefault(yardstick, Map.of()).get(first))));
            lines.add(line(row.measure() + " " + row.unit(), cells, head));
        }
        return String.join("\n", lines);
    }

    /** Each column is as wide as its head needs, and no narrower than a figure. */
    private static String line(String measure, List<String> cells, List<String> head) {
        var line = new StringBuilder("%-46s".formatted(measure));
        for (int column = 0; column < cells.size(); column++) {
            int width = Math.max(9, head.get(column).length() + 2);
            line.append(("%" + width + "s").formatted(cells.get(column)));
        }
        return line.toString();
    }

    static String text(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    void write(Machine machine, Options options) throws IOException {
        Path folder = options.results();
        Files.createDirectories(folder);
        var json = new LinkedHashMap<String, Object>();
        json.put("machine", machine);
        json.put("secondsOfLoad", options.load().toSeconds());
        json.put("starts", options.starts());
        json.put("rows", rows.values());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("results.json").toFile(), json);
        Files.writeString(folder.resolve("chart.svg"), Chart.of(rows.values()));
    }
}
