package dev.meetgate.caller;

import io.quarkus.logging.Log;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Writes the log lines that concern a user. JSON logs have the tenant and the user as members, too. */
public final class UserLog {

    /** Characters that could end a line or reverse it, where an id of a user has them. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private UserLog() {}

    static String safe(String name) {
        return UNSAFE.matcher(name).replaceAll("?");
    }

    public static void info(User user, String event) {
        MDC.put("tenant", user.tenant());
        MDC.put("user", user.id());
        try {
            Log.infof("%s: tenant %s, user %s", event, user.tenant(), safe(user.id()));
        } finally {
            MDC.remove("tenant");
            MDC.remove("user");
        }
    }
}
