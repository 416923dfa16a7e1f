package io.millrace.filter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace");

  @Test
  void onlyOnePackageNamesTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.filter.feel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.kie..", "org.antlr..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageNamesTheCelEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.filter.cel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cel..", "com.google.protobuf..", "com.google.common..")
        .check(CLASSES);
  }

  @Test
  void theEnginesCompiledModeIsNotUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.kie.dmn.feel.codegen..", "org.kie.memorycompiler..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.millrace.filter.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
