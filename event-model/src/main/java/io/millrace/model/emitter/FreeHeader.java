package io.millrace.model.emitter;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * HTTP headers that an emitter's definition may add to its requests: none that say where a request
 * goes, where it ends, what is in it, or who sends it.
 */
final class FreeHeader {

  static final String NAME_RULE =
      "is no header that may be set here: not hop-by-hop, and none of Host, Expect, Authorization,"
          + " Content-…, Proxy-…, Webhook-… and ce-…";
  static final String VALUE_RULE = "must be a text of printable ASCII characters";

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,4094}[\\x21-\\x7e])?");
  private static final Set<String> TAKEN =
      Set.of(
          "authorization",
          "connection",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");
  private static final Set<String> TAKEN_PREFIXES = Set.of("ce-", "content-", "proxy-", "webhook-");

  private FreeHeader() {}

  static boolean isName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAME.matcher(name).matches()
        && !TAKEN.contains(lower)
        && TAKEN_PREFIXES.stream().noneMatch(lower::startsWith);
  }

  static boolean isValue(String value) {
    return VALUE.matcher(value).matches();
  }
}
