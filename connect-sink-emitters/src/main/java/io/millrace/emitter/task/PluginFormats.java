package io.millrace.emitter.task;

import io.cloudevents.core.provider.EventFormatProvider;

/**
 * Makes the CloudEvents SDK find the formats of this plug-in. It looks for them once, through the
 * context class loader of the thread that happens to be first, and Connect's threads differ.
 */
public final class PluginFormats {

  private PluginFormats() {}

  /** To be called before the first event is read. */
  public static void load() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(PluginFormats.class.getClassLoader());
    try {
      EventFormatProvider.getInstance();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
