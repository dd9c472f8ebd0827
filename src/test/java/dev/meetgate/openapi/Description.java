package dev.meetgate.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An OpenAPI document and its operations. */
public record Description(JsonNode document) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** One method of one path. */
    public record Operation(String method, String path, JsonNode description) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** The document that is built into the service. */
    public static Description current() {
        return read("/dev/meetgate/http/openapi.json");
    }

    static Description read(String resource) {
        try (InputStream document = Description.class.getResourceAsStream(resource)) {
            return new Description(JSON.readTree(Objects.requireNonNull(document, resource)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Stream<Operation> operations() {
        return document.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .map(member ->
                        new Operation(member.getKey().toUpperCase(Locale.ROOT), path.getKey(), member.getValue())));
    }

    /**
     * The operations at this address. The one with the longest literal path is first. An address with an empty
     * segment has none.
     */
    List<Operation> at(String path) {
        return operations()
                .filter(operation -> !path.contains("//"))
                .filter(operation -> pattern(operation.path()).matcher(path).matches())
                .sorted(Comparator.comparing(operation ->
                        -operation.path().replaceAll("\\{[^}]*}", "").length()))
                .toList();
    }

    /**
     * A parameter is one segment. {@code path} is the whole rest. A slash at the end makes no difference.
     */
    private static Pattern pattern(String template) {
        String literals =
                Pattern.quote(template).replace("{path}", "\\E.+\\Q").replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q");
        return Pattern.compile(literals + "/?");
    }

    /** The node itself, or the target of its reference. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").textValue().substring(1)) : node;
    }
}
