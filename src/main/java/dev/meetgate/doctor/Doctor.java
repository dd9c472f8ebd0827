package dev.meetgate.doctor;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Examines a deployment before or beside its replicas. Quarkus is not started, so that wrong settings or a
 * database that is away are findings like others.
 */
public final class Doctor {

    /** For everything. Examinations take place at the same time. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private record Examination(String subject, Findings findings, Future<?> work) {}

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "doctor");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Examination> examinations = new ArrayList<>();

    private Doctor() {}

    /** Prints the findings. Returns the exit status: 1 if something is wrong, else 0, also with warnings. */
    public static int examine(Deployment deployment, boolean json, PrintStream out) {
        List<Finding> findings = new Doctor().findings(deployment);
        out.print(json ? Report.json(findings) : Report.text(findings));
        out.flush();
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.WRONG) ? 1 : 0;
    }

    private List<Finding> findings(Deployment deployment) {
        // Names are resolved by Java, as in the service.
        System.setProperty("vertx.disableDnsResolver", "true");
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        var probe = new Probe(vertx, deployment);
        begin("settings", findings -> settings(deployment, findings));
        begin("public URL", new PublicUrlExamination(deployment, probe)::examine);
        begin("database", new DatabaseExamination(deployment, probe)::examine);
        begin("GoTo", new GoToExamination(deployment, probe)::examine);
        begin("issuers", new IssuersExamination(deployment, probe)::examine);
        begin("webhooks", new WebhooksExamination(deployment, probe)::examine);
        long end = System.nanoTime() + PATIENCE.toNanos();
        examinations.forEach(examination -> await(examination, end));
        return examinations.stream()
                .flatMap(examination -> examination.findings().all().stream())
                .toList();
    }

    private void begin(String subject, Consumer<Findings> work) {
        var findings = new Findings();
        examinations.add(new Examination(subject, findings, threads.submit(() -> work.accept(findings))));
    }

    private static void await(Examination examination, long end) {
        try {
            examination.work().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            examination
                    .findings()
                    .wrong(
                            examination.subject(),
                            "The rest was not examined within %d s. Run it again.".formatted(PATIENCE.toSeconds()));
        } catch (ExecutionException bug) {
            examination
                    .findings()
                    .wrong(
                            examination.subject(),
                            "The doctor itself fails with %s. Report it.".formatted(name(bug.getCause())));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without its message, which nobody has read for secrets. */
    private static String name(@Nullable Throwable bug) {
        return bug == null ? "a bug" : bug.getClass().getName();
    }

    private static void settings(Deployment deployment, Findings findings) {
        deployment.mistakes().forEach(mistake -> findings.wrong("settings", mistake));
        deployment.warnings().forEach(warning -> findings.warning("settings", warning));
        if (deployment.mistakes().isEmpty()) {
            int tenants = deployment.tenants().size();
            findings.ok("settings", "No mistakes. %d tenant%s.".formatted(tenants, tenants == 1 ? "" : "s"));
        }
        for (String tenant : deployment.tenants()) {
            String logo = deployment.right(tenant + "_LOGO_FILE");
            if (logo != null) {
                findings.ok("logo", "%s can be shown.".formatted(logo));
            }
        }
    }
}
