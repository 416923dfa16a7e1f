package io.millrace.model;

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
          .importPackages("io.millrace");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.millrace.model.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theModelKnowsNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.millrace.filter..",
            "io.millrace.emitter..",
            "io.millrace.router..",
            "io.millrace.gateway..",
            "io.millrace.management..",
            "org.apache.kafka.connect..",
            "org.apache.kafka.streams..",
            "org.eclipse.jetty..")
        .check(CLASSES);
  }
}
