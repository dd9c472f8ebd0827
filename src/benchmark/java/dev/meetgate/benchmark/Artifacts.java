package dev.meetgate.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands that run MeetGate, by what they run: of those artifacts that were built. */
final class Artifacts {

    private Artifacts() {}

    static Map<String, List<String>> commands(Options options) {
        var commands = new LinkedHashMap<String, List<String>>();
        if (Files.isExecutable(options.nativeBinary())) {
            commands.put("native", List.of(options.nativeBinary().toString()));
        } else {
            Report.missing("no native binary %s (./mvnw package -Dnative)".formatted(options.nativeBinary()));
        }
        String java = options.jdk().resolve("bin/java").toString();
        String jar = options.jar().toString();
        if (Files.exists(options.jar())) {
            commands.put("jar", List.of(java, "-jar", jar));
        } else {
            Report.missing("no jar %s (./mvnw package)".formatted(jar));
        }
        Path cache = options.jar().resolveSibling("app.aot");
        if (!Files.exists(cache)) {
            Report.missing("no AOT cache %s beside the jar".formatted(cache));
        } else if (Usage.output(java, "-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-cp", jar, "--version")
                .isEmpty()) {
            Report.missing("%s does not take the AOT cache: that needs the JDK 25 that made it".formatted(java));
        } else {
            commands.put("jar, AOT", List.of(java, "-XX:AOTCache=" + cache, "-jar", jar));
        }
        return commands;
    }
}
