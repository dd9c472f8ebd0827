package dev.meetgate.doctor;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClientOptions;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks others as MeetGate would: by the proxy and with the authorities of the settings. */
final class Probe {

    private static final int PATIENCE = (int) Trouble.PATIENCE.toMillis();
    private static final int MOST_BYTES = 256 * 1024;

    record Answer(int status, @Nullable String date, String body) {}

    private final Vertx vertx;
    private final Deployment deployment;
    private @Nullable HttpClient client;

    Probe(Vertx vertx, Deployment deployment) {
        this.vertx = vertx;
        this.deployment = deployment;
    }

    /** For the end of a sentence. */
    String wayTo(String url) {
        return deployment.proxyTo(url) == null ? "the way there" : "the proxy of HTTPS_PROXY";
    }

    Vertx vertx() {
        return vertx;
    }

    List<InetAddress> addresses(String host) throws Trouble {
        String name = host.replaceAll("^\\[|]$", "");
        return Trouble.unless(vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(name)), false));
    }

    Answer get(String url) throws Trouble {
        return Trouble.unless(send(HttpMethod.GET, url, Map.of(), ""));
    }

    Answer postForm(String url, String authorization, String form) throws Trouble {
        var headers = Map.of(
                "Authorization", authorization,
                "Accept", "application/json",
                "Content-Type", "application/x-www-form-urlencoded");
        return Trouble.unless(send(HttpMethod.POST, url, headers, form));
    }

    private Future<Answer> send(HttpMethod method, String url, Map<String, String> headers, String body) {
        var options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url)
                .setFollowRedirects(false)
                .setTimeout(PATIENCE)
                .setProxyOptions(deployment.proxyTo(url));
        return client().request(options).compose(request -> {
            headers.forEach(request::putHeader);
            return request.putHeader(HttpHeaders.USER_AGENT, "MeetGate")
                    .send(body)
                    .compose(Probe::read);
        });
    }

    private static Future<Answer> read(HttpClientResponse response) {
        var body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() < MOST_BYTES) {
                body.appendBuffer(part);
            }
        });
        return response.end()
                .map(end -> new Answer(
                        response.statusCode(),
                        response.getHeader(HttpHeaders.DATE),
                        body.toString(StandardCharsets.UTF_8)));
    }

    /** Opens a connection and, with https, verifies the certificate. Sends nothing. */
    void connect(URI url) throws Trouble {
        boolean tls = "https".equals(url.getScheme());
        var options = new NetClientOptions()
                .setConnectTimeout(PATIENCE)
                .setSsl(tls)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(deployment.authorities())
                .setProxyOptions(deployment.proxyTo(url.toString()));
        int port = url.getPort() < 0 ? (tls ? 443 : 80) : url.getPort();
        Trouble.unless(vertx.createNetClient(options)
                .connect(port, url.getHost().replaceAll("^\\[|]$", ""))
                .compose(socket -> socket.close()));
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = vertx.createHttpClient(
                    new HttpClientOptions().setConnectTimeout(PATIENCE).setTrustOptions(deployment.authorities()));
        }
        return client;
    }
}
