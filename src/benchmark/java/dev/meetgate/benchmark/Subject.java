package dev.meetgate.benchmark;

import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program that can be measured. It listens where {@code PORT} says.
 *
 * @param call what it answers
 * @param isMeetGate whether it also answers about its readiness
 */
record Subject(String name, List<String> command, Map<String, String> environment, Call call, boolean isMeetGate) {

    record Call(String path, String authorization) {}

    private static final Call READINESS = new Call("/q/health/ready", "");

    /** The same with other settings besides. */
    Subject with(Map<String, String> more) {
        var all = new TreeMap<>(environment);
        all.putAll(more);
        return new Subject(name, command, all, call, isMeetGate);
    }

    Replica launch() throws IOException {
        return Replica.launch(command, environment);
    }

    /** Starts it and waits until it answers. */
    Replica start() throws IOException {
        Replica replica = launch();
        if (isMeetGate) {
            awaitReadiness(replica);
        } else {
            awaitCall(replica);
        }
        return replica;
    }

    long awaitCall(Replica replica) throws IOException {
        return FirstAnswer.await(replica, replica.port(), call);
    }

    long awaitReadiness(Replica replica) throws IOException {
        return FirstAnswer.await(replica, replica.managementPort(), READINESS);
    }

    Load load(Replica replica) {
        return new Load(replica.port(), call);
    }
}
