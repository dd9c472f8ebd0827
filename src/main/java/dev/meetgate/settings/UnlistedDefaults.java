package dev.meetgate.settings;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lists the names of settings without those of defaults. Quarkus compares each listed name with all settings
 * that it knows, which takes a quarter of the start's instructions. The values of defaults are found as
 * before.
 */
@Priority(UnlistedDefaults.BETWEEN_DEFAULTS_AND_SOURCES)
public final class UnlistedDefaults implements ConfigSourceInterceptor {

    /** The ordinal of the defaults is the lowest integer. All other sources have 0 and more. */
    static final int BETWEEN_DEFAULTS_AND_SOURCES = -1;

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        return context.proceed(name);
    }

    /** Keys of maps, such as log categories, have quotes and are found in the list alone. */
    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Iterable<String> names = context::iterateNames;
        return StreamSupport.stream(names.spliterator(), false)
                .filter(name -> name.contains("\""))
                .iterator();
    }
}
