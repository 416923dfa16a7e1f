package io.millrace.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.router");

  @Test
  void ofMillraceOnlyModelFilterAndManagementAreUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.millrace.router..",
            "io.millrace.model..",
            "io.millrace.filter",
            "io.millrace.filter.audience",
            "io.millrace.filter.feel",
            "io.millrace.management",
            "java..",
            "io.cloudevents..",
            "io.micrometer..",
            "org.apache.kafka..",
            "org.jspecify..",
            "org.slf4j..")
        .check(CLASSES);
  }
}
