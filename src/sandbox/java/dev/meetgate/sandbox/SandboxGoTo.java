package dev.meetgate.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.concurrent.CompletionException;

/** A running sandbox. It has one event loop, so that its state needs no locks. */
public final class SandboxGoTo implements AutoCloseable {

    private final Vertx vertx;
    private final URI url;

    private SandboxGoTo(Vertx vertx, URI url) {
        this.vertx = vertx;
        this.url = url;
    }

    /**
     * Starts a sandbox on the loopback addresses and waits until it listens.
     *
     * @param port 0 chooses a free port
     */
    public static SandboxGoTo start(SandboxClient client, int port) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            Router router = Router.router(vertx);
            URI url = URI.create("http://localhost:" + listen(vertx, router, port));
            // The routes come last, because answers contain the port.
            Routes.mount(router, new World(url, client));
            return new SandboxGoTo(vertx, url);
        } catch (CompletionException portTaken) {
            await(vertx.close());
            throw new IllegalStateException("the sandbox cannot listen on port " + port, portTaken.getCause());
        }
    }

    /** The name "localhost" means 127.0.0.1 or ::1. Some machines do not have ::1. */
    private static int listen(Vertx vertx, Router router, int port) {
        int bound = await(server(vertx, router).listen(port, "127.0.0.1")).actualPort();
        await(server(vertx, router).listen(bound, "::1").otherwiseEmpty());
        return bound;
    }

    /** HTTP/1.1 only: a fault that breaks the connection then breaks one request. */
    private static HttpServer server(Vertx vertx, Router router) {
        return vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(router);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    public URI url() {
        return url;
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    /** Runs a standalone sandbox until the process ends. {@link CommandLine} has the options. */
    public static void main(String... arguments) throws InterruptedException {
        CommandLine options = CommandLine.read(arguments, System.getenv());
        try (SandboxGoTo sandbox = start(options.client(), options.port())) {
            System.out.println(options.greeting(sandbox.url()));
            Thread.currentThread().join();
        }
    }
}
