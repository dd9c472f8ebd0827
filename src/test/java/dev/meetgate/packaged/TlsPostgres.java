package dev.meetgate.packaged;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A PostgreSQL as hosted ones are: logins need a password and TLS, and its certificate is for
 * {@code localhost}.
 */
final class TlsPostgres implements AutoCloseable {

    static final String USER = "app";

    /** The characters of a URL that have a meaning there. */
    static final String PASSWORD = "p@ss/w:rd?#%+ $";

    private final EmbeddedPostgres server;
    private final Path certificate;

    private TlsPostgres(EmbeddedPostgres server, Path certificate) {
        this.server = server;
        this.certificate = certificate;
    }

    static TlsPostgres start() throws Exception {
        Path folder = Files.createTempDirectory("tls-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path certificate = folder.resolve("server.crt");
        Path key = Files.createFile(
                folder.resolve("server.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        make(folder.resolve("store.p12"), certificate, key);
        Path rules = Files.writeString(folder.resolve("pg_hba.conf"), """
                host    all postgres all trust
                hostssl all all      all scram-sha-256
                """);
        var server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.toString())
                .setServerConfig("ssl_key_file", key.toString())
                .setServerConfig("hba_file", rules.toString())
                .start();
        return new TlsPostgres(server, certificate);
    }

    private static void make(Path store, Path certificate, Path key)
            throws IOException, InterruptedException, GeneralSecurityException {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "db",
                        "-keyalg",
                        "RSA",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "secret",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new AssertionError(output);
        }
        char[] password = "secret".toCharArray();
        var keys = KeyStore.getInstance(store.toFile(), password);
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("db").getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey("db", password).getEncoded()));
    }

    private static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type);
    }

    int port() {
        return server.getPort();
    }

    /** The file with the certificate, which is its own authority. */
    Path certificate() {
        return certificate;
    }

    /** The URL for the administrator of a database. */
    String url(String database) {
        return "postgresql://localhost:%d/%s".formatted(port(), database);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
