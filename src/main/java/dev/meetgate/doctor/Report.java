package dev.meetgate.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meetgate.doctor.Finding.Level;
import java.util.List;
import java.util.stream.Collectors;

/** The findings, for people or for programs. */
final class Report {

    private Report() {}

    static String text(List<Finding> findings) {
        long warnings = count(findings, Level.WARNING);
        return findings.stream()
                        .map(finding ->
                                "%-8s %-13s %s%n".formatted(word(finding.level()), finding.check(), finding.text()))
                        .collect(Collectors.joining())
                + "%n%d wrong, %d warning%s%n"
                        .formatted(count(findings, Level.WRONG), warnings, warnings == 1 ? "" : "s");
    }

    /** What is wrong must be seen without colours. */
    private static String word(Level level) {
        return level == Level.WRONG ? "WRONG" : level.word();
    }

    static String json(List<Finding> findings) {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("wrong", count(findings, Level.WRONG))
                .put("warnings", count(findings, Level.WARNING));
        ArrayNode all = report.putArray("findings");
        findings.forEach(finding -> all.addObject()
                .put("level", finding.level().word())
                .put("check", finding.check())
                .put("text", finding.text()));
        return report.toPrettyString() + "\n";
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
