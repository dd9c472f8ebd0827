package dev.meetgate.gotoapi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list in GoTo's JSON. An element of another shape does not hide the others. GoTo sends some lists of one
 * element as that element alone.
 *
 * @param odd the number of elements that are left out
 */
@JsonDeserialize(using = WireList.Reader.class)
public record WireList<T>(List<T> elements, int odd, boolean isArray) {

    static final class Reader extends JsonDeserializer<WireList<?>> implements ContextualDeserializer {

        private final @Nullable JsonDeserializer<?> element;

        Reader() {
            this(null);
        }

        private Reader(@Nullable JsonDeserializer<?> element) {
            this.element = element;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            var type = context.getContextualType().containedType(0);
            return new Reader(context.findContextualValueDeserializer(type, property));
        }

        @Override
        public WireList<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.isExpectedStartArrayToken()) {
                return new WireList<>(List.of(element(json, context)), 0, false);
            }
            var elements = new ArrayList<Object>();
            int odd = 0;
            JsonStreamContext array = json.getParsingContext();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                try {
                    elements.add(element(json, context));
                } catch (MismatchedInputException otherShape) {
                    odd++;
                    skipTo(array, json);
                }
            }
            return new WireList<>(elements, odd, true);
        }

        private Object element(JsonParser json, DeserializationContext context) throws IOException {
            if (element == null || json.currentToken() != JsonToken.START_OBJECT) {
                throw MismatchedInputException.from(json, Object.class, "not an object");
            }
            return element.deserialize(json, context);
        }

        private static void skipTo(JsonStreamContext array, JsonParser json) throws IOException {
            while (!json.getParsingContext().equals(array)) {
                json.nextToken();
            }
        }
    }
}
