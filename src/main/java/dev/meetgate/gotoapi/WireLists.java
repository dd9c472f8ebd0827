package dev.meetgate.gotoapi;

import dev.meetgate.problem.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads lists of GoTo. Leaves out elements that lack a required member, and counts them. */
@Singleton
public class WireLists {

    private final Counter leftOut;

    WireLists(MeterRegistry metrics) {
        leftOut = metrics.counter("meetgate.goto.left.out");
    }

    /**
     * Reads the elements of a list, counts those that cannot be read, and logs their number.
     *
     * @param reader returns null for an element that cannot be shown
     */
    public <W, T> List<T> read(WireList<W> list, Function<W, @Nullable T> reader) {
        var read = new ArrayList<T>();
        for (W element : list.elements()) {
            T item = reader.apply(element);
            if (item != null) {
                read.add(item);
            }
        }
        int odd = list.odd() + list.elements().size() - read.size();
        if (odd > 0) {
            if (!list.isArray()) {
                throw Failure.GoToUnavailable.answered("GoTo's answer is not a list.");
            }
            leftOut.increment(odd);
            Log.warnf("Left out %d of %d elements of a list of GoTo's, which cannot be read", odd, odd + read.size());
        }
        return read;
    }
}
