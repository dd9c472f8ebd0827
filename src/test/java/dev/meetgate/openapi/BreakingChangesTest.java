package dev.meetgate.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakingChangesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String RELEASED = """
            {"paths": {"/rooms": {
              "get": {
                "parameters": [{"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 200}}],
                "responses": {"200": {
                  "headers": {"ETag": {}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Room"}}}}}},
              "post": {
                "parameters": [],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewRoom"}}}},
                "responses": {"201": {}}}}},
             "components": {"schemas": {
               "Room": {"type": "object", "required": ["id"], "properties": {
                 "id": {"type": "string"},
                 "since": {"type": "string", "format": "date-time"},
                 "kind": {"enum": ["BIG", "SMALL"]},
                 "tags": {"type": "array", "items": {"type": "string"}}}},
               "NewRoom": {"type": "object", "required": ["name"], "properties": {
                 "name": {"type": "string", "minLength": 1},
                 "kind": {"enum": ["BIG", "SMALL"]},
                 "size": {"type": ["integer", "string"]}}}}}}
            """;

    /** The last release is in src/test/resources/openapi/released.json. */
    @Test
    void breaksNothingOfTheLastRelease() {
        assertEquals(
                List.of(), BreakingChanges.between(Description.read("/openapi/released.json"), Description.current()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/paths/~1rooms                                                  |                  | GET /rooms is gone",
                "/paths/~1rooms/post                                             |                  | POST /rooms is gone",
                "/paths/~1rooms/get/parameters/0/name                            | \"size\"         | GET /rooms query limit is gone",
                "/paths/~1rooms/get/parameters/0/required                        | true             | GET /rooms query limit is required",
                "/paths/~1rooms/get/parameters/0/schema/type                     | \"string\"       | GET /rooms query limit was [integer] and is [string]",
                "/paths/~1rooms/get/parameters/0/schema/maximum                  | 100              | GET /rooms query limit has a lower maximum",
                "/paths/~1rooms/get/parameters/0/schema/enum                     | [10]             | GET /rooms query limit is but one of [10]",
                "/paths/~1rooms/get/responses/200                                |                  | GET /rooms 200 is gone",
                "/paths/~1rooms/get/responses/200/headers/ETag                   |                  | GET /rooms 200 ETag is gone",
                "/paths/~1rooms/get/responses/200/content/application~1json      |                  | GET /rooms 200 application/json is gone",
                "/components/schemas/Room/properties/id                          |                  | GET /rooms 200 id is gone",
                "/components/schemas/Room/required                               | []               | GET /rooms 200 id is optional",
                "/components/schemas/Room/properties/since/format                | \"date\"         | GET /rooms 200 since has another format",
                "/components/schemas/Room/properties/kind/enum                   | [\"BIG\"]        | GET /rooms 200 kind is no longer [SMALL]",
                "/components/schemas/Room/properties/tags/items/type             | \"integer\"      | GET /rooms 200 tags[] was [string] and is [integer]",
                "/paths/~1rooms/post/requestBody/required                        | true             | POST /rooms takes is required",
                "/components/schemas/NewRoom/properties/name                     |                  | POST /rooms takes name is gone",
                "/components/schemas/NewRoom/required                            | [\"name\",\"kind\"] | POST /rooms takes kind is required",
                "/components/schemas/NewRoom/properties/kind/enum                | [\"BIG\"]        | POST /rooms takes kind is no longer [SMALL]",
                "/components/schemas/NewRoom/properties/size/type                | \"integer\"      | POST /rooms takes size was [integer, string] and is [integer]",
                "/components/schemas/NewRoom/properties/name/minLength           | 2                | POST /rooms takes name has a higher minLength",
                "/components/schemas/NewRoom/properties/name/pattern             | \"^x\"           | POST /rooms takes name has another pattern",
            })
    void findsBreakingChanges(String pointer, @Nullable String value, String found) throws Exception {
        assertEquals(found, changes(pointer, value).get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/paths/~1halls                                           | {\"get\": {}}",
                "/paths/~1rooms/delete                                    | {}",
                "/paths/~1rooms/post/parameters                           | [{\"in\": \"header\", \"name\": \"If-Match\"}]",
                "/paths/~1rooms/get/parameters/0/schema/maximum           | 500",
                "/paths/~1rooms/get/responses/304                         | {}",
                "/components/schemas/Room/properties/name                 | {\"type\": \"string\"}",
                "/components/schemas/Room/properties/kind/enum            | [\"BIG\", \"SMALL\", \"TINY\"]",
                "/components/schemas/NewRoom/properties/tags              | {\"type\": \"array\"}",
                "/components/schemas/NewRoom/properties/kind/enum         | [\"BIG\", \"SMALL\", \"TINY\"]",
                "/components/schemas/NewRoom/required                     | []",
            })
    void ignoresAdditions(String pointer, String value) throws Exception {
        assertEquals(List.of(), changes(pointer, value));
    }

    private static List<String> changes(String pointer, @Nullable String value) throws Exception {
        JsonNode current = JSON.readTree(RELEASED);
        var place = JsonPointer.compile(pointer);
        var parent = (ObjectNode) current.at(place.head());
        if (value == null) {
            parent.remove(place.last().getMatchingProperty());
        } else {
            parent.set(place.last().getMatchingProperty(), JSON.readTree(value));
        }
        return BreakingChanges.between(new Description(JSON.readTree(RELEASED)), new Description(current));
    }
}
