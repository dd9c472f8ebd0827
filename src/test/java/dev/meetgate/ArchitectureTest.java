package dev.meetgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.meetgate.secret.Secret;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.infrastructure.CallbackDecorator;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.meetgate");

    private static final Set<String> GROUND = Set.of("problem", "caller", "http", "database", "reactive");

    /** Each package, and those that it may know. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry("connect", with(GROUND, "vault", "oauth", "secret", "upkeep")),
            entry("meetings", with(GROUND, "vault", "secret", "upkeep")),
            entry("raw", with(GROUND, "vault")),
            entry("vault", with(GROUND, "budget", "oauth", "secret", "upkeep")),
            entry("upkeep", GROUND),
            entry("budget", GROUND),
            entry("oauth", with(GROUND, "secret")),
            entry("secret", Set.of()),
            entry("caller", Set.of("problem", "secret")),
            entry("http", Set.of("problem")),
            entry("database", Set.of("problem")),
            entry("reactive", Set.of("problem", "caller")),
            entry("problem", Set.of()),
            entry("settings", with(GROUND, "secret")),
            entry("openapi", Set.of("problem")),
            entry("image", Set.of()));

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
                .resideInAPackage("..sandbox..")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void letsNobodyInWithoutACredential() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .and()
                .areNotInterfaces()
                .and()
                .haveSimpleNameNotStartingWith("ConnectResource")
                .should()
                .beAnnotatedWith(Authenticated.class)
                .check(PRODUCTION);
    }

    @Test
    void revealsSecretsOnlyOnTheWayToGoToToTheBrowserAndToTheCipher() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.meetgate.secret", "dev.meetgate.oauth")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.vault.BearerFilter")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.vault.GoToHttp")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.vault.GoToAnswer")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.connect.AttemptCookie")
                .and()
                .doNotHaveFullyQualifiedName("dev.meetgate.connect.ConnectLinks")
                .should()
                .callMethod(Secret.class, "reveal")
                .check(PRODUCTION);
    }

    @Test
    void capturesNoContextAtTheStepsOfACall() {
        assertTrue(ServiceLoader.load(CallbackDecorator.class).findFirst().isEmpty());
    }
}
