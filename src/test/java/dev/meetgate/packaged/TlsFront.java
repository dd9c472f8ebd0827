package dev.meetgate.packaged;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TLS in front of the sandbox, with a certificate of a private certificate authority. */
final class TlsFront {

    private static final String PASSWORD = "changeit";

    private final NetServer server;

    TlsFront(Vertx vertx, Path keyStore, int target) throws IOException {
        NetClient client = vertx.createNetClient();
        var certificate = new PfxOptions().setPassword(PASSWORD).setValue(Buffer.buffer(Files.readAllBytes(keyStore)));
        server = vertx.createNetServer(new NetServerOptions().setSsl(true).setKeyCertOptions(certificate))
                .connectHandler(caller -> {
                    caller.pause();
                    client.connect(target, "127.0.0.1")
                            .onSuccess(onward -> ConnectProxy.join(caller, onward))
                            .onFailure(failure -> caller.close());
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    /** Makes an authority and a key store with a certificate of it. Returns the authority in PEM. */
    static String certify(Path folder, String names) throws IOException, InterruptedException {
        Path authority = folder.resolve("authority.p12");
        Path keyStore = folder.resolve("goto.p12");
        Path request = folder.resolve("request");
        Path signed = folder.resolve("signed");
        Path pem = folder.resolve("authority.pem");
        keytool(authority, "-genkeypair", "-keyalg", "EC", "-dname", "CN=Private", "-ext", "bc:c");
        keytool(authority, "-exportcert", "-rfc", "-file", pem.toString());
        keytool(keyStore, "-genkeypair", "-keyalg", "EC", "-dname", "CN=GoTo");
        keytool(keyStore, "-certreq", "-file", request.toString());
        keytool(
                authority,
                "-gencert",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-ext",
                "san=" + names);
        keytool(keyStore, "-importcert", "-noprompt", "-trustcacerts", "-alias", "authority", "-file", pem.toString());
        keytool(keyStore, "-importcert", "-noprompt", "-file", signed.toString());
        keytool(keyStore, "-delete", "-alias", "authority");
        return Files.readString(pem);
    }

    private static void keytool(Path keyStore, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
