package io.millrace.standalone;

import java.lang.reflect.Proxy;

/**
 * Takes a signal away from the JVM, whose own handling begins to exit and knows no second signal.
 * {@code sun.misc.Signal} is in every JDK (module jdk.unsupported), but javac warns of its name in
 * a way that cannot be suppressed: hence reflection.
 */
final class ProcessSignals {

  private ProcessSignals() {}

  /** Has the signal handled, on a thread of the JVM's, each time it comes. */
  static void handle(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (self, method, arguments) -> {
                handler.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handlerType)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM tells nobody of SIG" + name, e);
    }
  }
}
