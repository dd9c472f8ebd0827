package dev.meetgate.benchmark;

import dev.meetgate.Api;
import dev.meetgate.benchmark.Subject.Call;
import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What many connections cost beside few: both measured in turn, block by block, so that what disturbs one disturbs both. */
final class Growth {

    private static final int FEW = 1000;
    private static final int BLOCKS = 20;
    private static final int CALLS = 25;
    private static final int WALKS = 5;

    private record Side(GrownTable table, Replica replica) {}

    private final Report report;
    private final String subject;
    private final String many;

    private Growth(Report report, String subject, int many) {
        this.report = report;
        this.subject = subject;
        this.many = "%,d".formatted(many);
    }

    static void measure(Stage stage, Options options, Report report) throws IOException {
        var growth = new Growth(report, stage.meetGate().name(), options.connections());
        GrownTable few = GrownTable.of(FEW, stage);
        GrownTable many = GrownTable.of(options.connections(), stage);
        growth.starts(few.meetGate(), many.meetGate(), options.starts());
        try (Replica ofFew = few.meetGate().start();
                Replica ofMany = many.meetGate().start()) {
            var sides = List.of(new Side(few, ofFew), new Side(many, ofMany));
            growth.calls("brokered call", sides, table -> table.meetGate().call());
            growth.calls("first page", sides, GrownTable::firstPage);
            growth.calls("middle page", sides, GrownTable::middlePage);
            growth.calls("last page", sides, GrownTable::lastPage);
            growth.measure("connect walk", sides, WALKS, side -> ConnectWalk.walk(side.replica(), Api.freshUser()));
        }
    }

    private void starts(Subject few, Subject many, int times) throws IOException {
        var starts = StartUp.of(List.of(few, many), times);
        add("start", Median.of(starts.get(few), StartUp::ready), Median.of(starts.get(many), StartUp::ready));
    }

    private void calls(String measure, List<Side> sides, Function<GrownTable, Call> call) {
        measure(measure, sides, CALLS, side -> Http.get(side.replica().port(), call.apply(side.table()))
                .join());
    }

    /** A first block of each is not counted. */
    private void measure(String measure, List<Side> sides, int times, Consumer<Side> work) {
        sides.forEach(side -> Median.millis(times, () -> work.accept(side)));
        List<List<Double>> medians = List.of(new ArrayList<>(), new ArrayList<>());
        for (int block = 0; block < BLOCKS; block++) {
            for (int i = 0; i < sides.size(); i++) {
                Side side = sides.get(i);
                medians.get(i).add(Median.millis(times, () -> work.accept(side)));
            }
        }
        add(measure, median(medians.get(0)), median(medians.get(1)));
    }

    private static double median(List<Double> millis) {
        return Median.of(millis, Double::doubleValue);
    }

    private void add(String measure, double few, double many) {
        report.add(subject, "%s, %,d connections".formatted(measure, FEW), "ms", few);
        report.add(subject, "%s, %s ÷ %,d connections".formatted(measure, this.many, FEW), "×", many / few);
    }
}
