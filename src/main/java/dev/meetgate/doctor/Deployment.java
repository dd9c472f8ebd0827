package dev.meetgate.doctor;

import dev.meetgate.database.DatabaseUrl;
import dev.meetgate.secret.Sealer;
import io.vertx.core.Future;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the settings say. The package {@code settings} reads them. */
public interface Deployment {

    /** What would stop the start, each with the variable's name. */
    List<String> mistakes();

    /** What is probably not meant, each with the variable's name. */
    List<String> warnings();

    /** The value of a variable, or null if it is missing or blank. */
    @Nullable
    String value(String name);

    /** The value of a variable, or null if it is missing, blank or wrong. */
    default @Nullable String right(String name) {
        return mistakes().stream().anyMatch(mistake -> mistake.startsWith(name + " ")) ? null : value(name);
    }

    /** The beginnings of the variables of each tenant, such as {@code MEETGATE_TENANTS_ACME}. */
    List<String> tenants();

    /** Null if its setting is missing or wrong. */
    @Nullable
    DatabaseUrl database();

    /** The proxy that leads to a URL, or null. */
    @Nullable
    ProxyOptions proxyTo(String url);

    /** Null without further authorities. */
    @Nullable
    TrustOptions authorities();

    /** The ids of keys that differ from those with which the database's values were sealed. */
    Future<List<String>> foreignKeys(SqlConnection connection, Sealer sealer);
}
