package dev.meetgate;

import dev.meetgate.openapi.Answer;
import dev.meetgate.openapi.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser without a screen. It keeps cookies and follows no redirect by itself. */
public final class Browser {

    public record Page(int status, HttpHeaders headers, String body) {

        public String location() {
            return headers.firstValue("Location")
                    .orElseThrow(() -> new AssertionError("no redirect but " + status + " " + body));
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<String> setCookies = new ArrayList<>();

    public Page open(String url, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url)).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Sends a form without fields, as a button does. */
    public Page submit(String url, String... headers) {
        var request = form(url, Map.of());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public Page submit(String url, Map<String, String> fields) {
        return send(form(url, fields));
    }

    private static HttpRequest.Builder form(String url, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> formEncoded(field.getKey()) + "=" + formEncoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** All Set-Cookie headers so far. */
    public List<String> setCookies() {
        return setCookies;
    }

    private Page send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            Contract.check(new Answer(
                    response.request().method(),
                    response.uri().getRawPath(),
                    response.statusCode(),
                    name -> response.headers().firstValue(name).orElse(null),
                    response.body()));
            return new Page(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String setCookie) {
        setCookies.add(setCookie);
        String[] pair = setCookie.split(";")[0].split("=", 2);
        if (setCookie.matches("(?i).*(max-age=0|expires=thu, 01.jan.1970).*")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1].replace("\"", ""));
        }
    }
}
