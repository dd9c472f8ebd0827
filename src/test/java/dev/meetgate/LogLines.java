package dev.meetgate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Collects what MeetGate logs in this JVM. */
public final class LogLines extends Handler implements AutoCloseable {

    private static final Logger MEETGATE = Logger.getLogger("dev.meetgate");

    private final PatternFormatter message = new PatternFormatter("%s");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        MEETGATE.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(message.format(line));
    }

    public List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        MEETGATE.removeHandler(this);
    }
}
