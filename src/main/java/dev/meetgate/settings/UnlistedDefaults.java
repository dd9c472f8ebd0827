package dev.meetgate.settings;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the names of defaults from being listed with those that were set. Their values are found as before.
 *
 * <p>Quarkus goes through all names for every map among its settings, and once more in search of unknown ones; nearly half were
 * defaults. And it took some for keys: {@code quarkus.rest-client.connect-timeout} for a client called {@code connect-timeout}, whose
 * settings were read then.
 */
@Priority(UnlistedDefaults.BETWEEN_DEFAULTS_AND_THE_REST)
public final class UnlistedDefaults implements ConfigSourceInterceptor {

    /** Below the sources that somebody sets, whose ordinals are 0 and more, and above the one of the defaults. */
    static final int BETWEEN_DEFAULTS_AND_THE_REST = -1;

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        return context.proceed(name);
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        List<String> names = new ArrayList<>();
        context.iterateNames().forEachRemaining(name -> {
            if (isEntry(name)) {
                names.add(name);
            }
        });
        return names.iterator();
    }

    /** Extensions put entries of their own into maps, such as levels of log categories, which are found by listing alone. */
    private static boolean isEntry(String name) {
        return name.indexOf('"') >= 0;
    }
}
