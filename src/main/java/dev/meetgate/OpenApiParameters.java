package dev.meetgate;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The parameters that mean the same wherever they occur. */
final class OpenApiParameters {

    private OpenApiParameters() {}

    static void describe(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(OpenApiParameters::describe);
        }
    }

    private static void describe(Parameter parameter) {
        switch (parameter.getName()) {
            case "user" ->
                parameter
                        .description("Your own id for the person, without control characters")
                        .schema(text().minLength(1).maxLength(200))
                        .example("alice");
            case "meetingId" ->
                parameter
                        .description("The meeting's `id`")
                        .schema(text().pattern("^[1-9][0-9]{0,17}$"))
                        .example("4815162342");
            case "limit" ->
                parameter
                        .description("How many items the page has at most")
                        .schema(number().minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(200))
                                .defaultValue(50))
                        .example(50);
            case "cursor" ->
                parameter
                        .description("The `nextCursor` of the page before; absent for the first")
                        .schema(text())
                        .example("YWxpY2U");
            default -> {
                // Described where it is declared.
            }
        }
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }

    private static Schema number() {
        return OASFactory.createSchema().type(List.of(SchemaType.INTEGER));
    }
}
