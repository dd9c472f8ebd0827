package dev.meetgate.benchmark;

import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program that can be measured, and the call that it answers. It listens where {@code PORT} says. */
record Subject(String name, List<String> command, Map<String, String> environment, Call call) {

    /** What the caller sends. */
    record Call(String path, String authorization) {}

    Replica launch() throws IOException {
        return Replica.launch(command, environment);
    }

    /** Starts it and waits for its first answer. */
    Replica start() throws IOException {
        Replica replica = launch();
        FirstAnswer.await(replica, replica.port(), call);
        return replica;
    }

    Load load(Replica replica) {
        return new Load(replica.port(), call);
    }
}
