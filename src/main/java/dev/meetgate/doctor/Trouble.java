package dev.meetgate.doctor;

import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a step of an examination failed. Its message is the end of a sentence, and contains no secret. */
final class Trouble extends Exception {

    /** For each step: a name, a connection, a request. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long serialVersionUID = 1L;

    private Trouble(String message, Throwable cause) {
        super(message, cause);
    }

    /** The result of a step. */
    static <T> T unless(Future<T> step) throws Trouble {
        try {
            return step.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new Trouble(reason(failure), failure);
        } catch (TimeoutException late) {
            throw new Trouble("no answer within %d s".formatted(PATIENCE.toSeconds()), late);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new Trouble("the examination took too long", end);
        }
    }

    /** Looks from the outside to the inside. The order of the questions matters where causes are nested. */
    private static String reason(Throwable failure) {
        PgException problem = find(failure, PgException.class);
        if (problem != null) {
            return "PostgreSQL says: " + problem.getErrorMessage();
        }
        if (has(failure, UnknownHostException.class)) {
            return "the name does not resolve";
        }
        if (has(failure, ProxyConnectException.class)) {
            return String.valueOf(failure.getMessage()).contains("407")
                    ? "the proxy wants another user or password. Correct HTTPS_PROXY"
                    : "the proxy does not lead there. Check HTTPS_PROXY and NO_PROXY";
        }
        if (has(failure, CertificateExpiredException.class)) {
            return "its certificate has expired";
        }
        if (has(failure, SSLException.class) || has(failure, CertificateException.class)) {
            return tls(failure);
        }
        if (has(failure, TimeoutException.class) || has(failure, io.netty.channel.ConnectTimeoutException.class)) {
            return "no answer within %d s".formatted(PATIENCE.toSeconds());
        }
        if (has(failure, ConnectException.class)) {
            return "nobody accepts the connection";
        }
        return has(failure, VertxException.class)
                ? "the connection was closed without an answer"
                : "it fails with " + innermost(failure).getClass().getSimpleName();
    }

    private static String tls(Throwable failure) {
        String detail = String.valueOf(innermost(failure).getMessage());
        if (detail.contains("unable to find valid certification path")) {
            return "no authority that is known here signed its certificate (see MEETGATE_CA_FILE, or sslrootcert for the database)";
        }
        return detail.contains("No subject alternative") || detail.contains("No name matching")
                ? "its certificate is for another name"
                : "TLS fails";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            inner = cause;
        }
        return inner;
    }
}
