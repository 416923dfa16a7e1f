package io.millrace.gateway;

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
          .importPackages("io.millrace.gateway");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.millrace.gateway.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void dialectsDoNotKnowEachOther() {
    slices()
        .matching("io.millrace.gateway.ingest.(*)..")
        .should()
        .notDependOnEachOther()
        .check(CLASSES);
  }

  @Test
  void authenticationKnowsNoHttp() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.gateway.auth..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.gateway.http..", "org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void onlyTheHttpPackageKnowsJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.gateway.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void ofMillraceOnlyModelFilterAndManagementAreUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.millrace..")
                .and(
                    resideOutsideOfPackages(
                        "io.millrace.gateway..",
                        "io.millrace.model..",
                        "io.millrace.filter",
                        "io.millrace.filter.audience",
                        "io.millrace.filter.feel", // How a filter explains itself.
                        "io.millrace.management")))
        .check(CLASSES);
  }

  /** Connect is spoken to by HTTP, and events are routed by others. */
  @Test
  void ofKafkaOnlyTheClientsAreUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.connect..", "org.apache.kafka.streams..")
        .check(CLASSES);
  }
}
