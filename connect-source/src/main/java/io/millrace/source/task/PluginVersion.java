package io.millrace.source.task;

/** The version that this plug-in's jar says it has. */
final class PluginVersion {

  private PluginVersion() {}

  /** From the jar's manifest; {@code development} for classes that are in no jar. */
  static String get() {
    String version = PluginVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
