package dev.meetgate.console;

import io.quarkus.qute.TemplateData;
import java.util.List;
import java.util.stream.IntStream;

/** Bars for the minutes of an hour, in the units of an SVG. */
// Without @TemplateData, the binary keeps only members that are parameters of messages.
@TemplateData
record Chart(List<Bar> bars, long highest) {

    /** What was granted stands on the ground, and what was refused on top of it. */
    record Bar(int x, int y, int height, int refusedY, int refusedHeight, String label) {}

    static final int HEIGHT = 80;
    private static final int STEP = 10;

    static Chart of(List<BudgetMinutes.Minute> minutes, ConsoleTexts texts) {
        long highest = minutes.stream()
                .mapToLong(minute -> minute.granted() + minute.refused())
                .max()
                .orElse(0);
        return new Chart(
                IntStream.range(0, minutes.size())
                        .mapToObj(place -> bar(place, minutes.get(place), Math.max(1, highest), texts))
                        .toList(),
                highest);
    }

    private static Bar bar(int place, BudgetMinutes.Minute minute, long highest, ConsoleTexts texts) {
        int granted = scaled(minute.granted(), highest);
        int refused = scaled(minute.refused(), highest);
        return new Bar(
                place * STEP,
                HEIGHT - granted,
                granted,
                HEIGHT - granted - refused,
                refused,
                texts.minute(Texts.time(minute.minute()), minute.granted(), minute.refused()));
    }

    private static int scaled(long number, long highest) {
        return number == 0 ? 0 : (int) Math.max(1, number * HEIGHT / highest);
    }
}
