package dev.meetgate.secret;

import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Sealing and opening an access token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SealerBenchmark {

    private static final String[] PURPOSE = {"access_token", "demo", "alice"};

    private final Sealer sealer = new Sealer(() -> Secret.of("k1:" + key()));
    private final Secret accessToken = Secret.of("as.long.as.GoTo's".repeat(90));
    private final byte[] sealed = sealer.seal(accessToken, PURPOSE);

    @Benchmark
    public byte[] seal() {
        return sealer.seal(accessToken, PURPOSE);
    }

    @Benchmark
    public Object open() {
        return sealer.open(sealed, PURPOSE);
    }

    private static String key() {
        var key = new byte[32];
        for (byte i = 0; i < key.length; i++) {
            key[i] = i;
        }
        return Base64.getEncoder().encodeToString(key);
    }
}
