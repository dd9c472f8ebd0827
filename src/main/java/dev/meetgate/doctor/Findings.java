package dev.meetgate.doctor;

import dev.meetgate.doctor.Finding.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The findings of one examination. Those that are there when time is up count. */
final class Findings {

    private final List<Finding> all = new CopyOnWriteArrayList<>();

    void ok(String check, String text) {
        all.add(new Finding(Level.OK, check, text));
    }

    void skipped(String check, String text) {
        all.add(new Finding(Level.SKIPPED, check, text));
    }

    void warning(String check, String text) {
        all.add(new Finding(Level.WARNING, check, text));
    }

    void wrong(String check, String text) {
        all.add(new Finding(Level.WRONG, check, text));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
