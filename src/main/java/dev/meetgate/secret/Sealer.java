package dev.meetgate.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Seals text for storage, with authenticated encryption (XAES-256-GCM) and associated data.
 *
 * <p>A sealed value only opens for its purpose, such as a field and a user. Its format is
 * {@code version (1) | length of the id (1) | id of the key | ciphertext}.
 */
@Singleton
public class Sealer {

    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 12;

    private final String sealingKeyId;
    private final Map<String, Aead> aeads = new HashMap<>();

    Sealer(SealingConfig config) {
        try {
            AeadConfig.register();
            Keyring keyring = Keyring.of(config.keys().reveal());
            sealingKeyId = keyring.sealingKeyId();
            for (var key : keyring.keys().entrySet()) {
                aeads.put(key.getKey(), aead(key.getValue()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot seal on this platform", e);
        }
    }

    /** A sealer for a process without beans. */
    public static Sealer of(Secret keys) {
        return new Sealer(() -> keys);
    }

    /** Seals the secret. The same purpose, in the same order, opens it. */
    public byte[] seal(Secret secret, String... purpose) {
        byte[] header = header(sealingKeyId);
        try {
            byte[] ciphertext = aead(sealingKeyId)
                    .encrypt(secret.reveal().getBytes(StandardCharsets.UTF_8), associatedData(header, purpose));
            return ByteBuffer.allocate(header.length + ciphertext.length)
                    .put(header)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Fails with {@link CannotOpen} for another purpose, a changed value or an unknown key. */
    public Secret open(byte[] sealed, String... purpose) {
        String keyId = keyIdOf(sealed);
        byte[] header = header(keyId);
        try {
            byte[] plaintext = aead(keyId)
                    .decrypt(Arrays.copyOfRange(sealed, header.length, sealed.length), associatedData(header, purpose));
            return Secret.of(new String(plaintext, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new CannotOpen("a value sealed with key %s does not open for this purpose".formatted(keyId));
        }
    }

    /** The keys that only open. */
    public Set<String> retiredKeyIds() {
        var retired = new TreeSet<>(aeads.keySet());
        retired.remove(sealingKeyId);
        return retired;
    }

    public String sealingKeyId() {
        return sealingKeyId;
    }

    public boolean hasKey(String keyId) {
        return aeads.containsKey(keyId);
    }

    private Aead aead(String keyId) {
        Aead aead = aeads.get(keyId);
        if (aead == null) {
            throw new MissingKey("key %s, which sealed this value, is not among the configured keys".formatted(keyId));
        }
        return aead;
    }

    /** Derives the encryption key from the configured key (RFC 5869), so that each key has one use. */
    @AccessesPartialKey
    private static Aead aead(byte[] key) throws GeneralSecurityException {
        byte[] info = "meetgate sealing 1".getBytes(StandardCharsets.UTF_8);
        byte[] derived = Hkdf.computeHkdf("HMACSHA256", key, new byte[0], info, key.length);
        var parameters = XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, SALT_BYTES);
        var bytes = SecretBytes.copyFrom(derived, InsecureSecretKeyAccess.get());
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(XAesGcmKey.create(parameters, bytes, null))
                        .withRandomId()
                        .makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static byte[] header(String keyId) {
        byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + id.length)
                .put(VERSION)
                .put((byte) id.length)
                .put(id)
                .array();
    }

    private static String keyIdOf(byte[] sealed) {
        if (sealed.length < 2 || sealed[0] != VERSION || sealed[1] < 1 || sealed.length < 2 + sealed[1]) {
            throw new CannotOpen("this is not a sealed value of version " + VERSION);
        }
        return new String(sealed, 2, sealed[1], StandardCharsets.US_ASCII);
    }

    /** Each word has its length in front, so that different purposes never have the same bytes. */
    private static byte[] associatedData(byte[] header, String... purpose) {
        byte[][] words = Arrays.stream(purpose)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        var data = ByteBuffer.allocate(header.length
                + Arrays.stream(words).mapToInt(word -> 4 + word.length).sum());
        data.put(header);
        for (byte[] word : words) {
            data.putInt(word.length).put(word);
        }
        return data.array();
    }

    /** A sealed value does not open: the key or row is wrong, or the value was changed. */
    public static class CannotOpen extends RuntimeException {
        CannotOpen(String message) {
            super(message);
        }
    }

    /** The settings lack the key that has sealed a value. Another replica may have it. */
    public static final class MissingKey extends CannotOpen {
        MissingKey(String message) {
            super(message);
        }
    }
}
