package io.millrace.server.events;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace.server");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.millrace.server.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void ofMillraceOnlyTheModelIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.millrace..")
                .and(resideOutsideOfPackages("io.millrace.server..", "io.millrace.model..")))
        .check(CLASSES);
  }

  /** Whoever uses one transport or one way of raising needs no other's library. */
  @Test
  void eachLibraryIsKnownInOnePackage() {
    onlyIn("io.millrace.server.events.kafka", "org.apache.kafka..");
    onlyIn("io.millrace.server.events.servlet", "jakarta.servlet..");
    onlyIn("io.millrace.server.events.scan", "io.github.classgraph..");
    onlyIn("io.millrace.server.events.outbox", "java.sql..", "javax.sql..");
    onlyIn("io.millrace.server.events.service", "java.net.http..");
  }

  private static void onlyIn(String home, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(CLASSES);
  }
}
