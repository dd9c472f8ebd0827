package dev.meetgate.benchmark;

import dev.meetgate.packaged.Replica;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The yardstick in src/benchmark/express, with a database of its own that has the same user. */
final class Express {

    private static final Path SOURCE = Path.of("src/benchmark/express");
    private static final Path INSTALLED = Path.of("target/express").toAbsolutePath();
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Express() {}

    /** The yardstick with this user connected, where Node and its packages are to be had. */
    static Optional<Subject> installed(String user, String accessToken) throws IOException {
        if (!isInstalled()) {
            Report.missing("no Express: it takes node 18 or later, npm, and where npm finds its packages");
            return Optional.empty();
        }
        byte[] key = random(KEY_BYTES);
        var database = Database.create("express");
        database.execute("create table connection (tenant text, user_id text, sealed_access_token bytea not null,"
                + " primary key (tenant, user_id))");
        database.execute("insert into connection values ('demo', ?, ?)", user, sealed(accessToken, key));
        var environment = Map.of(
                "NODE_ENV", "production",
                "DATABASE_URL", database.url().replace("://", "://postgres:postgres@"),
                "API_KEY_SHA256", Replica.surroundings().get("MEETGATE_TENANTS_DEMO_API_KEY_SHA256"),
                "SEALING_KEY", Base64.getEncoder().encodeToString(key));
        var command = List.of("node", INSTALLED.resolve("server.js").toString());
        return Optional.of(new Subject("Express", command, environment, Stage.meetings(user), false));
    }

    private static boolean isInstalled() throws IOException {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json", "server.js")) {
            Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return !Usage.output("npm", "--prefix", INSTALLED.toString(), "ci").isEmpty();
    }

    private static byte[] sealed(String text, byte[] key) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            var sealed = new ByteArrayOutputStream();
            sealed.writeBytes(nonce);
            sealed.writeBytes(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return sealed.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
