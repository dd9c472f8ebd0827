package dev.meetgate.deploy;

import static io.quarkus.runtime.configuration.DurationConverter.parseDuration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.sandbox.SandboxGoTo;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The files for Docker and Kubernetes, held against what reads them and against the service itself. */
class DeploymentTest {

    /** For those who are not superusers, unless it is told otherwise. */
    private static final int POSTGRESQL_CONNECTIONS = 97;

    /** What a token request that nobody waits for any more may take after that. */
    private static final Duration TOKEN_REQUESTS = Duration.ofSeconds(30);

    private static final Path DOCKER = Path.of("src/main/docker");
    private static final Path KUBERNETES = Path.of("src/main/kubernetes");
    private static final List<String> IMAGES = List.of("jvm", "native", "native-micro");
    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9]*(_([A-Z0-9]+|<NAME>|<KEY>))+");
    private static final Properties APPLICATION = new Properties();

    private static Deployment deployment;
    private static Service service;
    private static HorizontalPodAutoscaler autoscaler;
    private static PodDisruptionBudget disruptions;
    private static io.fabric8.knative.serving.v1.Service knative;
    private static PodSpec upkeep;
    private static Compose compose;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream properties = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            APPLICATION.load(properties);
        }
        List<HasMetadata> manifests = Manifests.read(KUBERNETES.resolve("meetgate.yaml"));
        assertEquals(
                List.of("ServiceAccount", "Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"),
                manifests.stream().map(HasMetadata::getKind).toList());
        deployment = (Deployment) manifests.get(1);
        service = (Service) manifests.get(2);
        autoscaler = (HorizontalPodAutoscaler) manifests.get(3);
        disruptions = (PodDisruptionBudget) manifests.get(4);
        List<HasMetadata> scalingToZero = Manifests.read(KUBERNETES.resolve("knative.yaml"));
        knative = (io.fabric8.knative.serving.v1.Service) scalingToZero.get(0);
        upkeep = ((CronJob) scalingToZero.get(1))
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate()
                .getSpec();
        compose = Manifests.read(DOCKER.resolve("compose.yaml"), Compose.class);
    }

    @Test
    void probesAskTheManagementPort() {
        Container container = container();
        assertProbe("/q/health/started", container.getStartupProbe(), container);
        assertProbe("/q/health/live", container.getLivenessProbe(), container);
        for (Container probed : containers()) {
            assertProbe("/q/health/ready", probed.getReadinessProbe(), probed);
        }
    }

    @Test
    void whatIsUnderWayHasTheTimeToFinish() {
        Duration requests = parseDuration(APPLICATION.getProperty("quarkus.shutdown.timeout"));
        Duration timeout = requests.plus(TOKEN_REQUESTS);
        Duration delay = container().getEnv().stream()
                .filter(variable -> variable.getName().equals("QUARKUS_SHUTDOWN_DELAY"))
                .map(variable -> parseDuration(variable.getValue()))
                .reduce(Duration.ZERO, Duration::plus);

        assertLonger(
                deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds(), timeout.plus(delay));
        assertLonger(knative.getSpec().getTemplate().getSpec().getTimeoutSeconds(), timeout);
        assertLonger(
                parseDuration(compose.services().get("meetgate").stopGracePeriod())
                        .toSeconds(),
                timeout);
        assertEquals("true", APPLICATION.getProperty("quarkus.shutdown.delay-enabled"));
        assertFalse(delay.isZero(), "there must be a delay where endpoints are forgotten late");
    }

    @Test
    void podsMayDoNothingThatTheyNeedNot() {
        for (Container container : allContainers()) {
            var context = container.getSecurityContext();
            assertEquals(true, context.getReadOnlyRootFilesystem());
            assertEquals(false, context.getAllowPrivilegeEscalation());
            assertEquals(List.of("ALL"), context.getCapabilities().getDrop());
            assertTrue(container.getResources().getLimits().containsKey("memory"));
        }
        for (PodSpec pod : List.of(deployment.getSpec().getTemplate().getSpec(), upkeep)) {
            assertEquals(true, pod.getSecurityContext().getRunAsNonRoot());
            assertEquals(
                    "RuntimeDefault",
                    pod.getSecurityContext().getSeccompProfile().getType());
            assertEquals(false, pod.getAutomountServiceAccountToken());
        }
        var knativePod = knative.getSpec().getTemplate().getSpec();
        var knativeContext = knativePod.getContainers().get(0).getSecurityContext();
        assertEquals(true, knativeContext.getRunAsNonRoot());
        assertEquals("RuntimeDefault", knativeContext.getSeccompProfile().getType());
        assertEquals(false, knativePod.getAutomountServiceAccountToken());
    }

    @Test
    void everythingPointsAtTheDeployment() {
        var labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
        assertEquals(labels, deployment.getSpec().getSelector().getMatchLabels());
        assertEquals(labels, service.getSpec().getSelector());
        assertEquals(labels, disruptions.getSpec().getSelector().getMatchLabels());
        assertEquals(
                deployment.getMetadata().getName(),
                autoscaler.getSpec().getScaleTargetRef().getName());
        assertTrue(autoscaler.getSpec().getMinReplicas() >= 2);

        assertEquals(1, service.getSpec().getPorts().size());
        assertEquals(8080, port(service.getSpec().getPorts().get(0).getTargetPort(), container()));
        assertEquals("${PORT}", APPLICATION.getProperty("quarkus.http.port"));
        assertEquals("8080", APPLICATION.getProperty("PORT"));
    }

    @Test
    void replicasLeavePostgresqlConnections() {
        int connections = Integer.parseInt(APPLICATION.getProperty("quarkus.datasource.reactive.max-size"));
        int knativeReplicas = Integer.parseInt(knative.getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("autoscaling.knative.dev/max-scale"));

        int surge = deployment
                .getSpec()
                .getStrategy()
                .getRollingUpdate()
                .getMaxSurge()
                .getIntVal();

        assertTrue((autoscaler.getSpec().getMaxReplicas() + surge) * connections < POSTGRESQL_CONNECTIONS);
        assertTrue(2 * knativeReplicas * connections < POSTGRESQL_CONNECTIONS, "two revisions during a rollout");
    }

    @Test
    void variablesAreAmongTheSettings() throws IOException {
        Pattern known = settings();
        for (Path file : files(DOCKER, KUBERNETES)) {
            VARIABLE.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !name.startsWith("POSTGRES_"))
                    .forEach(name -> assertTrue(known.matcher(name).matches(), name + " in " + file));
        }
    }

    @Test
    void imagesHaveATagThatMeansSomething() throws IOException {
        var images = new ArrayList<String>();
        allContainers().forEach(container -> images.add(container.getImage()));
        compose.services().values().forEach(service -> images.add(service.image()));
        for (String kind : IMAGES) {
            instructions(kind, "FROM").map(from -> from.split(" ")[0]).forEach(images::add);
        }
        for (String image : images) {
            assertTrue(image.equals("scratch") || image.matches("[a-z/-]+:(?!latest).+"), image);
        }
    }

    @Test
    void imagesRunAsNobodyInParticular() throws IOException {
        for (String kind : IMAGES) {
            assertEquals(List.of("1001:0"), instructions(kind, "USER").toList(), kind);
            assertEquals(List.of("/app"), instructions(kind, "WORKDIR").toList(), kind);
            assertEquals(List.of("8080 9000"), instructions(kind, "EXPOSE").toList(), kind);
            assertEquals(List.of(), instructions(kind, "HEALTHCHECK").toList(), kind);
            assertTrue(
                    instructions(kind, "LABEL").anyMatch(label -> label.contains("org.opencontainers.image.title")),
                    kind);
            assertTrue(instructions(kind, "ENTRYPOINT").allMatch(command -> command.startsWith("[")), kind);
        }
    }

    @Test
    void composeWaitsForTheDatabaseAndGivesNothingAway() {
        compose.services().forEach((name, service) -> {
            assertTrue(service.readOnly(), name);
            assertEquals(List.of("ALL"), service.capDrop(), name);
            assertEquals(List.of("no-new-privileges:true"), service.securityOpt(), name);
        });
        var meetgate = compose.services().get("meetgate");
        assertEquals("service_healthy", meetgate.dependsOn().get("postgres").condition());
        assertTrue(compose.services().get("postgres").healthcheck().test().contains("pg_isready"));
        assertTrue(meetgate.ports().stream().allMatch(port -> port.startsWith("127.0.0.1:")));
        assertTrue(Files.exists(DOCKER.resolve(meetgate.build().context())
                .resolve(meetgate.build().dockerfile())));
    }

    @Test
    void composeRunsTheSandboxOfTheTests() {
        var sandbox = compose.services().get("sandbox");
        List<String> command = sandbox.entrypoint();
        assertEquals(SandboxGoTo.class.getName(), command.get(command.size() - 1));
        assertEquals(List.of("../../../target/test-classes:/sandbox:ro"), sandbox.volumes());
        assertEquals("service:try", sandbox.networkMode());
    }

    /** A key that travels in clear text can be read on the way. */
    @Test
    void upkeepIsAskedForByTls() {
        String script = String.join("\n", upkeep.getContainers().get(0).getArgs());

        assertTrue(script.contains("--proto =https"), script);
        assertFalse(script.contains("http:"), script);
    }

    private static Container container() {
        return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private static List<Container> containers() {
        return List.of(
                container(),
                knative.getSpec().getTemplate().getSpec().getContainers().get(0));
    }

    private static List<Container> allContainers() {
        return Stream.concat(containers().stream(), upkeep.getContainers().stream())
                .toList();
    }

    private static void assertProbe(String path, Probe probe, Container container) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals(
                APPLICATION.getProperty("quarkus.management.port"),
                String.valueOf(port(probe.getHttpGet().getPort(), container)));
    }

    private static int port(IntOrString port, Container container) {
        if (port.getStrVal() == null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(named -> named.getName().equals(port.getStrVal()))
                .findFirst()
                .orElseThrow()
                .getContainerPort();
    }

    private static void assertLonger(long seconds, Duration than) {
        assertTrue(seconds > than.toSeconds(), seconds + " s are not longer than " + than);
    }

    /** The variables that the pages' tables name. */
    private static Pattern settings() throws IOException {
        return Pattern.compile(Files.readAllLines(Path.of("src/docs/settings.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(row -> row.substring(0, row.indexOf('|', 1)))
                .flatMap(cell -> VARIABLE.matcher(cell).results())
                .map(name ->
                        name.group().replace("<NAME>", "(<NAME>|[A-Z0-9_]+)").replace("<KEY>", "[A-Z0-9_]+"))
                .collect(Collectors.joining("|")));
    }

    /** The arguments of an instruction each time that it stands in a Dockerfile. */
    private static Stream<String> instructions(String kind, String name) throws IOException {
        return Files.readString(DOCKER.resolve("Dockerfile." + kind))
                .replace("\\\n", "")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip());
    }

    private static List<Path> files(Path... folders) throws IOException {
        var found = new ArrayList<Path>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                found.addAll(files.toList());
            }
        }
        return found;
    }
}
