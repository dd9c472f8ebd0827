package dev.meetgate.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A GoTo that has ten meetings for everybody, and answers faster than any client can ask: what is measured is not this. */
final class GoToStub {

    private static final String MEETING = """
            {"meetingId":"%1$d","subject":"Planning of week %1$d","meetingType":"scheduled","status":"INACTIVE",\
            "startTime":"2030-01-15T09:00:00Z","endTime":"2030-01-15T10:00:00Z","passwordRequired":false,\
            "conferenceCallInfo":"Germany: +49 (0) 555 0100 000\\nAccess Code: 123-456-789","locale":"en_US",\
            "organizerKey":"1234567890123456789","accountKey":"9012345678901234567",\
            "email":"jane.doe@example.com","firstName":"Jane","lastName":"Doe"}""";

    private GoToStub() {}

    public static void main(String... arguments) {
        Buffer meetings = Buffer.buffer(
                IntStream.rangeClosed(1, 10).mapToObj(MEETING::formatted).collect(Collectors.joining(",", "[", "]")));
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(meetings))
                .listen(Integer.parseInt(System.getenv("PORT")), "127.0.0.1");
    }
}
