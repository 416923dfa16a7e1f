package io.millrace.emitter;

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
          .importPackages("io.millrace.emitter");

  @Test
  void dependsOnNothingElse() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.millrace.emitter..",
                "io.millrace.filter",
                "io.millrace.filter.event",
                "io.millrace.filter.feel",
                "io.millrace.model..",
                "io.cloudevents..",
                "org.apache.kafka.connect..",
                "org.apache.kafka.clients..",
                "org.apache.kafka.common..",
                "org.apache.hc..",
                "com.fasterxml.jackson..",
                "org.slf4j..",
                "org.jspecify..",
                "javax.crypto..",
                "javax.net.ssl..",
                "java.."))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.millrace.emitter.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"webhook", "audit", "file", "console", "kafka", "powerbi"})
  void typesDoNotKnowEachOther(String type) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.emitter." + type)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.millrace.emitter." + type)
        .check(CLASSES);
  }

  @Test
  void onlyEmittersOverHttpKnowHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.millrace.emitter.http",
            "io.millrace.emitter.webhook",
            "io.millrace.emitter.powerbi")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc..", "io.millrace.emitter.http")
        .check(CLASSES);
  }
}
