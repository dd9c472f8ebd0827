package dev.meetgate.benchmark;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Bars, as SVG that is readable on light and on dark. A bar that would dwarf the others is cut off, and ends in a point. */
final class Chart {

    private static final int WIDTH = 760;
    private static final int LEFT = 90;
    private static final int LONGEST = WIDTH - LEFT - 80;
    private static final int BAR = 16;
    private static final int LINE = 22;
    private static final int TITLE = 34;

    /** A bar is cut off where it is this much longer than Express's. */
    private static final double CUT = 1.6;

    private static final Map<String, String> TITLES = Map.of(
            StartUp.FIRST_CALL, "Start of the process to the first call answered",
            BrokeredCall.CPU_AT_FULL_LOAD, "CPU time a call",
            BrokeredCall.MEMORY, "Memory after load");

    private static final Set<String> NOT_OURS = Set.of("Express", "proxy");

    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328 }
            .title { font-weight: 600 }
            path { fill: #8c959f }
            .ours { fill: #1a7f64 }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 }
            path { fill: #6e7681 }
            .ours { fill: #3fb68b }
            }
            </style>
            """;

    private final StringBuilder shapes = new StringBuilder();
    private int y;

    private Chart() {}

    static String of(Collection<Report.Row> rows) {
        var chart = new Chart();
        rows.stream().filter(row -> TITLES.containsKey(row.measure())).forEach(chart::panel);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Benchmarks">
                %s%s</svg>
                """.formatted(WIDTH, chart.y + BAR, STYLE, chart.shapes);
    }

    private void panel(Report.Row row) {
        text(0, TITLES.get(row.measure()) + ", " + row.unit(), "class=\"title\"", TITLE);
        double longest = Math.min(
                Collections.max(row.values().values()), CUT * row.values().getOrDefault("Express", Double.MAX_VALUE));
        row.values().forEach((subject, value) -> {
            if (!subject.equals("direct")) {
                bar(subject, value, (int) (Math.min(1, value / longest) * LONGEST), value > longest);
            }
        });
    }

    private void bar(String subject, double value, int length, boolean isCut) {
        text(LEFT - 8, subject, "text-anchor=\"end\"", LINE);
        shapes.append("<path class=\"%s\" d=\"M%d %dh%d%sv%dh-%dz\"/>%n"
                .formatted(
                        NOT_OURS.contains(subject) ? "" : "ours",
                        LEFT,
                        y - BAR + 4,
                        length,
                        isCut ? "l8 8l-8 8" : "",
                        isCut ? 0 : BAR,
                        length));
        text(LEFT + length + 14, Report.text(value), "", 0);
    }

    private void text(int x, String text, String attributes, int down) {
        y += down;
        shapes.append("<text x=\"%d\" y=\"%d\" %s>%s</text>%n".formatted(x, y, attributes, text));
    }
}
