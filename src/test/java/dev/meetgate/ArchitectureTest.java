package dev.meetgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.meetgate.secret.Secret;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.infrastructure.CallbackDecorator;
import jakarta.ws.rs.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.meetgate");

    @Test
    void dependsInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("connect")
                .definedBy("dev.meetgate.connect")
                .layer("meetings")
                .definedBy("dev.meetgate.meetings")
                .layer("raw")
                .definedBy("dev.meetgate.raw")
                .layer("caller")
                .definedBy("dev.meetgate.caller")
                .layer("vault")
                .definedBy("dev.meetgate.vault")
                .layer("budget")
                .definedBy("dev.meetgate.budget")
                .layer("oauth")
                .definedBy("dev.meetgate.oauth")
                .layer("secret")
                .definedBy("dev.meetgate.secret")
                .layer("settings")
                .definedBy("dev.meetgate.settings")
                .layer("openapi")
                .definedBy("dev.meetgate.openapi")
                .layer("image")
                .definedBy("dev.meetgate.image")
                .whereLayer("image")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("openapi")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("connect")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("meetings")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("raw")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("settings")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("caller")
                .mayOnlyBeAccessedByLayers("connect", "meetings", "raw")
                .whereLayer("vault")
                .mayOnlyBeAccessedByLayers("connect", "meetings", "raw")
                .whereLayer("budget")
                .mayOnlyBeAccessedByLayers("vault")
                .whereLayer("oauth")
                .mayOnlyBeAccessedByLayers("connect", "vault")
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
