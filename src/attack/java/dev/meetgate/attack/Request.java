package dev.meetgate.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is sent as it is written here, also where HTTP clients would refuse it. */
record Request(String method, String path, List<String> headers, byte @Nullable [] body) {

    static Request of(String method, String path) {
        return new Request(method, path, List.of(), null);
    }

    static Request get(String path) {
        return of("GET", path);
    }

    static Request post(String path) {
        return of("POST", path);
    }

    Request header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Request(method, path, more, body);
    }

    Request as(String key) {
        return header("Authorization", "Bearer " + key);
    }

    Request json(String json) {
        return json(json.getBytes(StandardCharsets.UTF_8));
    }

    Request json(byte[] json) {
        return header("Content-Type", "application/json").body(json);
    }

    Request body(byte[] content) {
        return new Request(method, path, headers, content);
    }

    /** The head of the request, which asks to close the connection. */
    String head(String host) {
        var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path));
        if (headers.stream().noneMatch(header -> header.regionMatches(true, 0, "Host:", 0, 5))) {
            head.append("Host: ").append(host).append("\r\n");
        }
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        } else if (method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            head.append("Content-Length: 0\r\n");
        }
        return head.append("Connection: close\r\n\r\n").toString();
    }
}
