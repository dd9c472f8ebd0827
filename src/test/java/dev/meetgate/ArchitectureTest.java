package dev.meetgate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.meetgate.caller.Scopes;
import dev.meetgate.gotoapi.GoToChange;
import dev.meetgate.secret.Secret;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // src/native, which only the native build compiles.
            .withImportOption(location -> !location.contains("/dev/meetgate/image/"))
            .importPackages("dev.meetgate");

    private static final Set<String> GROUND = Set.of("problem", "caller", "http", "database", "reactive");

    /** Each package, and those that it may know. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry(
                    "console",
                    with(
                            GROUND, "pages", "connect", "account", "vault", "oauth", "events", "audit", "budget",
                            "secret", "upkeep", "issuer")),
            entry("connect", with(GROUND, "pages", "account", "vault", "oauth", "events", "audit", "secret", "upkeep")),
            entry("history", with(GROUND, "account", "gotoapi", "audit", "meetings", "vault")),
            entry("meetings", with(GROUND, "gotoapi", "audit", "vault", "secret", "upkeep")),
            entry("raw", with(GROUND, "gotoapi", "audit")),
            entry("account", with(GROUND, "gotoapi", "vault")),
            entry("gotoapi", with(GROUND, "audit", "budget", "vault", "secret")),
            entry("vault", with(GROUND, "oauth", "events", "audit", "secret", "upkeep")),
            entry("events", with(GROUND, "secret", "upkeep")),
            entry("audit", with(GROUND, "secret", "upkeep")),
            entry("upkeep", GROUND),
            entry("budget", GROUND),
            entry("oauth", with(GROUND, "secret")),
            entry("secret", Set.of()),
            entry("caller", Set.of("problem", "http", "secret", "issuer")),
            entry("issuer", Set.of("problem", "http", "secret")),
            entry("http", Set.of("problem")),
            entry("pages", with(GROUND, "secret")),
            entry("database", Set.of("problem", "caller", "reactive")),
            entry("reactive", Set.of("problem", "caller")),
            entry("problem", Set.of()),
            entry("settings", with(GROUND, "pages", "secret", "doctor")),
            entry("doctor", with(GROUND, "secret", "events", "issuer")),
            entry("openapi", with(GROUND, "gotoapi", "raw", "events")));

    private static Set<String> with(Set<String> known, String... more) {
        return Stream.concat(known.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    static Stream<Arguments> packages() {
        return MAY_KNOW.entrySet().stream().map(known -> Arguments.of(known.getKey(), known.getValue()));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void dependsInOneDirection(String name, Set<String> known) {
        String[] unknown = MAY_KNOW.keySet().stream()
                .filter(other -> !other.equals(name) && !known.contains(other))
                .map(other -> "dev.meetgate." + other)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.meetgate." + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown)
                .check(PRODUCTION);
    }

    @Test
    void hasNoOtherPackageAndNoClassInTheRoot() {
        classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAnyPackage(MAY_KNOW.keySet().stream()
                        .map(name -> "dev.meetgate." + name)
                        .toArray(String[]::new))
                .check(PRODUCTION);
    }

    @Test
    void hasNoCycles() {
        slices().matching("dev.meetgate.(*)..").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void shipsNoSandbox() {
        noClasses()
                .should()
                .resideInAnyPackage("..sandbox..", "..local..", "..attack..")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void letsNobodyInWithoutACredential() {
        classes()
                .that()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .and()
                .areNotInterfaces()
                .and()
                .haveNameNotMatching(
                        "dev\\.meetgate\\.connect\\.(AccountPage|Connect|Callback|Confirm|Outcome|ConnectStatus)Resource")
                .and()
                .haveNameNotMatching("dev\\.meetgate\\.console\\.SignInResource")
                .should()
                .beAnnotatedWith(Authenticated.class)
                .orShould()
                .beAnnotatedWith(RolesAllowed.class)
                .check(PRODUCTION);
    }

    @Test
    void demandsAScopeForEachOperationOfServices() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Authenticated.class)
                .and()
                .areMetaAnnotatedWith(HttpMethod.class)
                .should()
                .beAnnotatedWith(describe(
                        "a known scope",
                        annotation -> annotation.getRawType().isEquivalentTo(PermissionsAllowed.class)
                                && Scopes.ALL.containsAll(List.of(
                                        (Object[]) annotation.get("value").orElseThrow()))))
                .check(PRODUCTION);
    }

    @Test
    void revealsSecretsInFewPlaces() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.meetgate.secret.Sealer")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.oauth.AuthorizationServer")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.secret.BasicCredentials")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.gotoapi.BearerFilter")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.events.Signature")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.connect.AttemptCookie")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.connect.AccountPageLinks")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.connect.WayBack")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.issuer.OpenIdProvider")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.console.Sessions")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.connect.NewLinks")
                .should()
                .callMethod(Secret.class, "reveal")
                .check(PRODUCTION);
    }

    /** A {@code GoToChange} is made where the audit has its entry. */
    @Test
    void sendsNoChangeThatTheAuditDoesNotKnow() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areInterfaces()
                .and()
                .areMetaAnnotatedWith(HttpMethod.class)
                .and()
                .areNotAnnotatedWith(GET.class)
                .should()
                .haveRawParameterTypes(describe("a GoToChange", types -> types.stream()
                        .anyMatch(type -> type.isEquivalentTo(GoToChange.class))))
                .check(PRODUCTION);
    }

    @Test
    void handsAccessTokensToTheFilterAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.meetgate.vault", "dev.meetgate.gotoapi")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.meetgate\\.vault\\.AccessTokens?")
                .check(PRODUCTION);
    }

    /** Each table, and the package whose SQL names it. */
    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("connection", "vault"),
                Arguments.of("revocation", "vault"),
                Arguments.of("pending_consent", "vault"),
                Arguments.of("connect_link", "connect"),
                Arguments.of("authorization_request", "connect"),
                Arguments.of("known_name", "connect"),
                Arguments.of("account_page_link", "connect"),
                Arguments.of("known_meeting", "meetings"),
                Arguments.of("idempotency_key", "meetings"),
                Arguments.of("goto_budget", "budget"),
                Arguments.of("token_endpoint", "oauth"),
                Arguments.of("sealing_key", "settings"),
                Arguments.of("event", "events"),
                Arguments.of("event_feed", "events"),
                Arguments.of("audit_entry", "audit"),
                Arguments.of("audit_identity", "audit"),
                Arguments.of("audit_chain", "audit"),
                Arguments.of("webhook", "events"),
                Arguments.of("delivery", "events"),
                Arguments.of("failed_call", "console"),
                Arguments.of("budget_minute", "console"),
                Arguments.of("flyway_schema_history", "database"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void namesATableInTheSqlOfItsOwnerAlone(String table, String owner) throws IOException {
        var sql = Pattern.compile("(?i)\\b(from|join|into|update|using|table)\\s+" + table + "\\b");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/meetgate"))) {
            List<String> owners = sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> sql.matcher(read(file)).find())
                    .map(file -> file.getParent().getFileName().toString())
                    .distinct()
                    .toList();
            assertEquals(List.of(owner), owners);
        }
    }

    @Test
    void knowsTheOwnerOfEachTable() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            Set<String> created = migrations
                    .flatMap(file -> Pattern.compile("create table (\\w+)")
                            .matcher(read(file))
                            .results())
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            Set<Object> owned = tables().map(known -> known.get()[0]).collect(Collectors.toSet());
            assertTrue(owned.containsAll(created), created.toString());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
