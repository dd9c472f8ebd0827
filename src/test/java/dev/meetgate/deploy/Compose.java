package dev.meetgate.deploy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As much of the Compose specification as our file uses. */
record Compose(String name, Map<String, Service> services, Map<String, @Nullable Object> volumes) {

    @JsonNaming(SnakeCaseStrategy.class)
    record Service(
            List<String> profiles,
            String image,
            Build build,
            String networkMode,
            List<String> entrypoint,
            List<String> command,
            String user,
            String envFile,
            Map<String, String> environment,
            List<String> ports,
            List<String> volumes,
            List<String> tmpfs,
            Map<String, Dependency> dependsOn,
            Healthcheck healthcheck,
            String stopGracePeriod,
            String restart,
            boolean readOnly,
            List<String> capDrop,
            List<String> securityOpt) {}

    record Build(String context, String dockerfile) {}

    record Dependency(String condition) {}

    record Healthcheck(List<String> test, String interval, String timeout, int retries) {}
}
