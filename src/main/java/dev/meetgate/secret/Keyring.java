package dev.meetgate.secret;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The sealing keys by id. The first key seals; all keys open. */
public final class Keyring {

    private static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private final Map<String, byte[]> keys;

    private Keyring(Map<String, byte[]> keys) {
        this.keys = keys;
    }

    /** Parses {@code id:base64,id:base64…}. Failures name the key's id, never the key. */
    public static Keyring of(String text) {
        var keys = new LinkedHashMap<String, byte[]>();
        for (String entry : text.split(",", -1)) {
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "each key must be <id>:<base64>, with an id of 1 to 32 letters, digits, dots, dashes"
                                + " and underscores");
            }
            if (keys.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("the id %s is used twice".formatted(id));
            }
        }
        return new Keyring(keys);
    }

    private static byte[] key(String id, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key %s is not base64".formatted(id));
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key %s has %d bytes, not %d".formatted(id, key.length, KEY_BYTES));
        }
        if (isPlaceholder(key)) {
            throw new IllegalArgumentException(
                    "key %s looks like a placeholder, not like 32 random bytes".formatted(id));
        }
        return key;
    }

    /** 32 random bytes have fewer than 16 different values once in 10^13 keys. */
    private static boolean isPlaceholder(byte[] key) {
        var seen = new boolean[256];
        int different = 0;
        for (byte b : key) {
            if (!seen[b & 0xff]) {
                seen[b & 0xff] = true;
                different++;
            }
        }
        return different < 16;
    }

    String sealingKeyId() {
        return keys.keySet().iterator().next();
    }

    Map<String, byte[]> keys() {
        return keys;
    }
}
