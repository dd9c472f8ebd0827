package dev.meetgate.meetings;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Ten meetings as GoTo sends them become ours. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WireMeetingBenchmark {

    private static final TypeReference<List<WireMeeting>> MEETINGS = new TypeReference<>() {};
    private static final String MEETING = """
            {"subject":"Planning &lt;week 3&gt;","meetingType":"Scheduled","conferenceCallInfo":"Germany: +49 (0) 555 0100 000\\n",\
            "firstName":"Jane","lastName":"Doe","email":"jane.doe@example.com","accountKey":9012345678901234567,\
            "organizerKey":1234567890123456789,"locale":"en_US","meetingId":789443419,"passwordRequired":"false",\
            "startTime":"2030-01-15T09:00:00.+0000","endTime":"2030-01-15T10:00:00.+0000"}""";

    private final ObjectMapper wire = GoToMeetingApi.wire(new ObjectMapper());
    private final byte[] answer =
            "[%s]".formatted(String.join(",", Collections.nCopies(10, MEETING))).getBytes(StandardCharsets.UTF_8);

    @Benchmark
    public Object read() throws IOException {
        return wire.readValue(answer, MEETINGS).stream()
                .map(WireMeeting::toMeeting)
                .toList();
    }
}
