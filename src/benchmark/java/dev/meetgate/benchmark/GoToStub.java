package dev.meetgate.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A GoTo that knows nobody and has ten meetings for everybody, in the shape that was recorded but for keys, which JavaScript cannot read as numbers.
 * It answers faster than anybody here asks.
 */
final class GoToStub {

    private static final String MEETING = """
            {"subject":"Planning of week %1$d","meetingType":"Scheduled","locale":"en_US","passwordRequired":"false",\
            "conferenceCallInfo":"Germany: +49 (0) 555 0100 000\\nAccess Code: 123-456-789\\n","meetingId":"78944341%1$d",\
            "startTime":"2030-01-15T09:00:00.+0000","endTime":"2030-01-15T10:00:00.+0000",\
            "accountKey":"9012345678901234567","organizerKey":"1234567890123456789",\
            "email":"jane.doe@example.com","firstName":"Jane","lastName":"Doe"}""";

    private static final String ME = """
            {"key":"1234567890123456789","accountKey":"9012345678901234567","email":"jane.doe@example.com",\
            "firstName":"Jane","lastName":"Doe"}""";

    private GoToStub() {}

    public static void main(String... arguments) {
        Buffer meetings = Buffer.buffer(
                IntStream.rangeClosed(1, 10).mapToObj(MEETING::formatted).collect(Collectors.joining(",", "[", "]")));
        Buffer me = Buffer.buffer(ME);
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(request.path().endsWith("/me") ? me : meetings))
                .listen(Integer.parseInt(System.getenv("PORT")), "127.0.0.1");
    }
}
