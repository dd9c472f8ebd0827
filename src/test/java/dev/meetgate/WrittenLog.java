package dev.meetgate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of this JVM while it is open: messages and stack traces. */
public final class WrittenLog extends Handler implements AutoCloseable {

    private final StringBuffer text = new StringBuffer();

    public WrittenLog() {
        Logger.getLogger("").addHandler(this);
    }

    public String text() {
        return text.toString();
    }

    @Override
    public void publish(LogRecord line) {
        var written = new StringWriter();
        var lines = new PrintWriter(written);
        lines.println(line.getLoggerName() + " " + line.getMessage());
        if (line.getParameters() != null) {
            for (Object parameter : line.getParameters()) {
                lines.println(parameter);
            }
        }
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(lines);
        }
        text.append(written);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
