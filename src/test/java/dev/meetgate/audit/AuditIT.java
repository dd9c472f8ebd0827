package dev.meetgate.audit;

import dev.meetgate.packaged.PackagedSurroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** Runs the same tests against the packaged service. */
@Tag("thorough")
@QuarkusIntegrationTest
@QuarkusTestResource(PackagedSurroundings.class)
class AuditIT extends AuditTest {}
