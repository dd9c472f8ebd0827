package dev.meetgate.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** The yardstick of what cannot be saved: forwards each GET and its answer, and asks and changes nothing. */
final class Proxy {

    private final HttpClient client;
    private final String target;

    private Proxy(HttpClient client, String target) {
        this.client = client;
        this.target = target;
    }

    public static void main(String... arguments) {
        Vertx vertx = Vertx.vertx();
        var client = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(64));
        var proxy = new Proxy(client, System.getenv("GOTO_API_URL"));
        vertx.createHttpServer()
                .requestHandler(proxy::forward)
                .listen(Integer.parseInt(System.getenv("PORT")), "127.0.0.1");
    }

    private void forward(HttpServerRequest request) {
        var options = new RequestOptions().setMethod(request.method()).setAbsoluteURI(target + request.uri());
        request.headers().remove("Host").forEach(options::addHeader);
        HttpServerResponse response = request.response();
        client.request(options)
                .compose(forwarded -> forwarded.send())
                .compose(answer -> {
                    response.setStatusCode(answer.statusCode()).headers().setAll(answer.headers());
                    return answer.pipeTo(response);
                })
                .onFailure(unreachable -> response.setStatusCode(502).end());
    }
}
