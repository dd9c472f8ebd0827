package dev.meetgate.openapi;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.meetgate.openapi.Description.Operation;
import dev.meetgate.problem.ProblemType;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is complete and its examples are valid. */
class OpenApiTest {

    private static final Description API = Description.current();
    private static final Schemas SCHEMAS = new Schemas(API);
    private static final String SECURITY =
            "\\[\\{\"apiKey\":\\[(\"[a-z:]+\")]},\\{\"jwt\":\\[\\1]},\\{\"clientCertificate\":\\[\\1]}]";
    private static final Set<String> PROBLEMS_OF_ALL = Set.of("400", "413", "414", "500");
    private static final Set<String> PROBLEMS_OF_SERVICES = Set.of("401", "403", "406");

    @Test
    void isAValidDocument() {
        var read = new OpenAPIV3Parser().readContents(API.document().toString());

        assertEquals(List.of(), read.getMessages());
    }

    @Test
    void namesAndDescribesEveryOperation() {
        every(operation -> text(operation, "operationId").matches("[a-z][A-Za-z]+"));
        every(operation -> text(operation, "summary").matches("[A-Z].*[^.]"));
        every(operation -> text(operation, "description").matches("(?s)[A-Z].*\\."));

        List<String> ids =
                operations().map(operation -> text(operation, "operationId")).toList();
        assertEquals(ids.size(), Set.copyOf(ids).size(), ids::toString);
    }

    @Test
    void groupsEveryOperation() {
        every(operation -> operation.description().path("tags").size() == 1);

        assertEquals(
                operations()
                        .map(operation -> operation.description().at("/tags/0").asText())
                        .collect(toSet()),
                elements(API.document().path("tags"))
                        .filter(tag -> tag.has("description"))
                        .map(tag -> tag.path("name").asText())
                        .collect(toSet()));
    }

    @Test
    void requiresACredentialFromServicesOnly() {
        every(operation -> operation
                .description()
                .path("security")
                .toString()
                .matches(isForServices(operation) ? SECURITY : "\\[]"));
    }

    @Test
    void describesEveryParameter() {
        every(operation -> elements(operation.description().path("parameters"))
                .map(API::resolve)
                .allMatch(parameter -> parameter.has("description")
                        && API.resolve(parameter.path("schema")).has("type")));
    }

    @Test
    void describesHowLongServicesWait() {
        every(operation -> isForServices(operation)
                == elements(operation.description().path("parameters"))
                        .anyMatch(parameter ->
                                text(API.resolve(parameter), "name").equals("Request-Timeout")));
    }

    @Test
    void describesEveryAnswer() {
        every(operation -> statuses(operation).stream().anyMatch(status -> status.matches("[23].."))
                && answers(operation).allMatch(answer -> answer.has("description")));
        every(operation -> bodies(operation)
                .filter(body -> !text(API.resolve(body.path("schema")), "type").equals("string"))
                .allMatch(body -> body.has("example") || body.has("examples")));
    }

    @Test
    void describesEveryFailure() {
        every(operation -> statuses(operation).containsAll(PROBLEMS_OF_ALL));
        every(operation -> !isForServices(operation) || statuses(operation).containsAll(PROBLEMS_OF_SERVICES));
        every(operation -> !operation.description().at("/requestBody/content").has("application/json")
                || statuses(operation).contains("415"));
        every(operation -> hasHeader(operation, "401", "WWW-Authenticate")
                && hasHeader(operation, "429", "Retry-After")
                && hasHeader(operation, "503", "Retry-After"));
    }

    @Test
    void listsEveryProblem() {
        String description = API.document().at("/info/description").asText();

        assertEquals(
                List.of(),
                Arrays.stream(ProblemType.values())
                        .map(ProblemType::code)
                        .filter(code -> !description.contains("| `%s` |".formatted(code)))
                        .toList());
    }

    @Test
    void describesEveryMember() {
        JsonNode schemas = API.document().at("/components/schemas");
        assertEquals(
                List.of(),
                names(schemas)
                        .flatMap(name -> Stream.concat(
                                schemas.path(name).has("description") ? Stream.of() : Stream.of(name),
                                undescribed(schemas.path(name).path("properties"))
                                        .map(member -> name + "." + member)))
                        .toList());
    }

    /** Other required values of requests are checked by code; see {@code NewMeeting}. */
    @Test
    void requiresEveryNonNullMember() {
        JsonNode schemas = API.document().at("/components/schemas");
        Map<String, Class<?>> records = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.meetgate").stream()
                        .filter(type -> type.isRecord() && type.isAnnotatedWith(Schema.class))
                        .collect(toMap(OpenApiTest::schemaName, JavaClass::reflect));

        Map<String, Class<?>> described = names(schemas)
                .filter(name -> !schemas.path(name).has("enum"))
                .collect(toMap(name -> name, name -> recordOf(name, records)));
        assertEquals(Set.copyOf(records.values()), Set.copyOf(described.values()));
        described.forEach((name, type) -> assertEquals(
                List.of(),
                Arrays.stream(type.getRecordComponents())
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .filter(member -> elements(schemas.path(name).path("required"))
                                .noneMatch(required -> required.asText().equals(member)))
                        .toList(),
                name));
    }

    /** The schema of a generic type has the name of its parameter too. */
    private static Class<?> recordOf(String schema, Map<String, Class<?>> records) {
        return records.entrySet().stream()
                .filter(entry -> schema.equals(entry.getKey())
                        || (schema.startsWith(entry.getKey())
                                && entry.getValue().getTypeParameters().length > 0))
                .map(Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record is " + schema));
    }

    private static String schemaName(JavaClass type) {
        String name = type.getAnnotationOfType(Schema.class).name();
        return name.isEmpty() ? type.getSimpleName() : name;
    }

    @Test
    void hasNoUnusedSchema() {
        String document = API.document().toString();

        assertEquals(
                List.of(),
                names(API.document().at("/components/schemas"))
                        .filter(name -> !document.contains("\"#/components/schemas/" + name + "\""))
                        .toList());
    }

    @Test
    void givesValidExamples() {
        every(operation -> Stream.concat(
                        bodies(operation), elements(operation.description().path("parameters")))
                .allMatch(described -> examples(described)
                        .allMatch(example -> SCHEMAS.violations(described.path("schema"), example)
                                .isEmpty())));
    }

    private static void every(Predicate<Operation> rule) {
        assertEquals(
                List.of(),
                operations().filter(rule.negate()).map(Operation::toString).toList());
    }

    private static Stream<Operation> operations() {
        return API.operations();
    }

    private static boolean isForServices(Operation operation) {
        return operation.path().startsWith("/v1/");
    }

    private static Set<String> statuses(Operation operation) {
        return names(operation.description().path("responses")).collect(toSet());
    }

    private static Stream<JsonNode> answers(Operation operation) {
        return elements(operation.description().path("responses")).map(API::resolve);
    }

    private static boolean hasHeader(Operation operation, String status, String name) {
        JsonNode answer = API.resolve(operation.description().path("responses").path(status));
        return answer.isMissingNode() || answer.path("headers").has(name);
    }

    /** The bodies of the request and of all answers. */
    private static Stream<JsonNode> bodies(Operation operation) {
        return Stream.concat(Stream.of(operation.description().path("requestBody")), answers(operation))
                .flatMap(holder -> elements(holder.path("content")));
    }

    private static Stream<JsonNode> examples(JsonNode described) {
        return Stream.concat(
                described.has("example") ? Stream.of(described.path("example")) : Stream.of(),
                elements(described.path("examples"))
                        .map(example -> API.resolve(example).path("value")));
    }

    private static Stream<String> undescribed(JsonNode properties) {
        return properties.properties().stream()
                .filter(property -> !property.getValue().has("description")
                        && !API.resolve(property.getValue()).has("description"))
                .map(Entry::getKey);
    }

    private static String text(Operation operation, String member) {
        return text(operation.description(), member);
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return node.valueStream();
    }

    private static Stream<String> names(JsonNode node) {
        return node.properties().stream().map(Entry::getKey);
    }
}
