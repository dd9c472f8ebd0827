package dev.meetgate.connect;

import dev.meetgate.packaged.PackagedSurroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Runs the same tests against the packaged service. */
@QuarkusIntegrationTest
@QuarkusTestResource(PackagedSurroundings.class)
class ConnectionIT extends ConnectionTest {}
