package dev.meetgate.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Reads records and accepts nothing that they do not know, so that a misspelt knob does not pass for a turned one. */
final class StrictJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private StrictJson() {}

    /** The body of a request, which counts as an empty object if there is none. */
    static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException | ClassCastException noObject) {
            throw Refusal.api(400, "RequestValidationError", "the body is no JSON object");
        }
    }

    static <R extends Record> R read(JsonObject json, Class<R> type) {
        try {
            return MAPPER.convertValue(json.getMap(), type);
        } catch (IllegalArgumentException unfit) {
            throw Refusal.api(400, "RequestValidationError", String.valueOf(unfit.getMessage()));
        }
    }

    static JsonObject write(Record record) {
        return new JsonObject(MAPPER.convertValue(record, new TypeReference<Map<String, Object>>() {}));
    }
}
