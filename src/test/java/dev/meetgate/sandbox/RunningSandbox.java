package dev.meetgate.sandbox;

import static dev.meetgate.sandbox.GoToClient.CLIENT;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test class a sandbox of its own, and each test its initial state. */
abstract class RunningSandbox {

    static SandboxGoTo sandbox;
    static GoToClient client;

    @BeforeAll
    static void start() {
        sandbox = SandboxGoTo.start(CLIENT, 0);
        client = new GoToClient(sandbox.url());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        client.reset();
    }
}
