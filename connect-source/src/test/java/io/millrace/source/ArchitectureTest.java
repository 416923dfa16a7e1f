package io.millrace.source;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.source");

  @Test
  void dependsOnNothingElse() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.millrace.source..",
                "io.millrace.model..",
                "io.cloudevents..",
                "org.apache.kafka.connect..",
                "org.apache.kafka.clients..",
                "org.apache.kafka.common..",
                "com.fasterxml.jackson..",
                "org.slf4j..",
                "org.jspecify..",
                "javax.net.ssl..",
                "java.."))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.millrace.source.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"acronis", "des", "foundry", "mmm"})
  void vendorsDoNotKnowEachOther(String vendor) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.source." + vendor)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.millrace.source." + vendor)
        .check(CLASSES);
  }
}
