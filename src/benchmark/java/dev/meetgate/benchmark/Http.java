package dev.meetgate.benchmark;

import dev.meetgate.benchmark.Subject.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** A caller that keeps its connections, and that takes nothing but success. */
final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static CompletableFuture<String> get(int port, Call call) {
        return send(request(port, call).GET());
    }

    static CompletableFuture<String> post(int port, Call call) {
        return send(request(port, call).POST(BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder request(int port, Call call) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + call.path()))
                .header("Authorization", call.authorization());
    }

    private static CompletableFuture<String> send(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Http::body);
    }

    private static String body(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.request() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
