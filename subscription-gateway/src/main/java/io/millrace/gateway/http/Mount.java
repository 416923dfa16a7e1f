package io.millrace.gateway.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One path of a dialect, and what it answers by method.
 *
 * @param dialect name in metrics
 * @param path begins with a slash and does not end in one
 * @param children whether paths below belong to it too
 * @param tracking makes what each response, whatever it is, bears as {@value #TRACKING}; absent for
 *     no such header
 */
public record Mount(
    String dialect,
    String path,
    boolean children,
    Map<String, Endpoint> methods,
    ErrorShape errors,
    @Nullable Supplier<String> tracking) {

  /** Header that tells one response from all others, also in the log. */
  public static final String TRACKING = "request-tracking-identifier";

  /** Without tracking. */
  public Mount(
      String dialect,
      String path,
      boolean children,
      Map<String, Endpoint> methods,
      ErrorShape errors) {
    this(dialect, path, children, methods, errors, null);
  }

  public Mount {
    methods = Map.copyOf(methods);
    if (!path.startsWith("/") || path.endsWith("/") || methods.isEmpty()) {
      throw new IllegalArgumentException("not a path with methods: " + path);
    }
  }

  boolean takes(String requested) {
    return requested.equals(path)
        || requested.equals(path + "/")
        || (children && requested.startsWith(path + "/"));
  }

  /** The decoded path below this mount, without a slash at either end. */
  String rest(String requested) {
    String rest = requested.substring(path.length());
    int begin = rest.startsWith("/") ? 1 : 0;
    int end = rest.endsWith("/") && rest.length() > begin ? rest.length() - 1 : rest.length();
    return rest.substring(begin, end);
  }

  /** The methods, as the header {@code Allow} lists them. */
  String allow() {
    Set<String> sorted = new TreeSet<>(methods.keySet());
    sorted.add("OPTIONS");
    return String.join(", ", sorted);
  }
}
