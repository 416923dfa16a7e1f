package io.millrace.emitter.task;

/** The version that this plug-in's jar says it has. */
public final class PluginVersion {

  private PluginVersion() {}

  /** From the jar's manifest; {@code development} for classes that are in no jar. */
  public static String get() {
    String version = PluginVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
