package dev.meetgate.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the list of what was packaged with known vulnerabilities, and those with what explains them. */
@Tag("thorough")
class SbomIT {

    private static final Path SECURITY = Path.of("src/main/security");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Vulnerability(String id, String name, String fixed) {

        boolean isIn(Map<String, String> packages) {
            String version = packages.get(name);
            return version != null && new ComparableVersion(version).compareTo(new ComparableVersion(fixed)) < 0;
        }
    }

    @Test
    void hasNoKnownVulnerabilityWithoutAnExplanation() throws IOException {
        Map<String, String> packages = packages();
        assertTrue(packages.containsKey("io.quarkus/quarkus-vertx-http"), packages.toString());
        assertFalse(packages.containsKey("io.quarkus/quarkus-arc-deployment"));

        assertEquals(explained(), vulnerable(packages), "vulnerabilities that src/main/security/vex.json explains");
    }

    /** The comparison itself: the list is of no use where it finds nothing. */
    @Test
    void findsAVulnerableVersion() throws IOException {
        var packages = Map.of("io.netty/netty-codec-http", "4.1.137.Final", "io.vertx/vertx-core", "4.5.30");

        assertEquals(Set.of("CVE-2026-89044"), vulnerable(packages));
    }

    /** The explanations of CVE-2026-50559 and CVE-2026-87743. */
    @Test
    void hasNoPathPolicies() throws IOException {
        try (Stream<String> settings = Files.lines(Path.of("src/main/resources/application.properties"))) {
            assertEquals(
                    List.of(),
                    settings.filter(line -> line.contains("auth.permission.") || line.contains("auth.policy."))
                            .toList());
        }
    }

    private static Set<String> vulnerable(Map<String, String> packages) throws IOException {
        var found = new TreeSet<String>();
        for (JsonNode known :
                JSON.readTree(SECURITY.resolve("known-vulnerabilities.json").toFile())) {
            var vulnerability = new Vulnerability(
                    known.get("id").asText(),
                    known.get("package").asText(),
                    known.get("fixed").asText());
            if (vulnerability.isIn(packages)) {
                found.add(vulnerability.id());
            }
        }
        return found;
    }

    private static Set<String> explained() throws IOException {
        var explained = new HashSet<String>();
        for (JsonNode statement :
                JSON.readTree(SECURITY.resolve("vex.json").toFile()).get("vulnerabilities")) {
            assertEquals("not_affected", statement.at("/analysis/state").asText());
            assertFalse(statement.at("/analysis/detail").asText().isBlank());
            explained.add(statement.get("id").asText());
        }
        return explained;
    }

    /** The versions of what the jar or the binary is made of, without the tools of the build. */
    private static Map<String, String> packages() throws IOException {
        var packages = new TreeMap<String, String>();
        for (JsonNode component : JSON.readTree(sbom().toFile()).get("components")) {
            if (component.path("purl").asText().startsWith("pkg:maven/")
                    && component.at("/properties/0/value").asText().equals("runtime")) {
                packages.put(
                        component.get("group").asText() + "/"
                                + component.get("name").asText(),
                        component.get("version").asText());
            }
        }
        return packages;
    }

    /** Beside the jar or the binary. Other folders may change while they are listed. */
    private static Path sbom() {
        return Stream.of("target/quarkus-app", "target")
                .map(folder -> new File(folder).listFiles((in, name) -> name.endsWith("-cyclonedx.json")))
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .findFirst()
                .orElseThrow()
                .toPath();
    }
}
