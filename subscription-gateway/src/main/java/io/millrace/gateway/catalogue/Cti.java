package io.millrace.gateway.catalogue;

import java.util.regex.Pattern;

/** Cross-domain Typed Identifiers, as Acronis writes them. Source: Acronis Event Manager. */
public final class Cti {

  /** Longest identifier, in characters. */
  public static final int MAX_LENGTH = 1024;

  /** Such as {@code a.p.tenant.v1.0}: vendor, package, name and version. */
  private static final String PART =
      "[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*\\.[a-z_][a-z0-9_]*(\\.[a-z0-9_]+)*\\.v\\d+\\.\\d+";

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private static final Pattern EXACT =
      Pattern.compile("cti\\." + PART + "(~" + PART + ")*(~" + UUID + ")?");

  // Where a pattern ends, an identifier may be cut off anywhere.
  private static final Pattern BEGINNING = Pattern.compile("cti(\\.[a-z0-9_.~-]*)?\\*");

  private Cti() {}

  public static boolean isExact(String text) {
    return text.length() <= MAX_LENGTH && EXACT.matcher(text).matches();
  }

  /** An identifier, or the beginning of one with a final {@code *}. */
  public static boolean isPattern(String text) {
    return text.length() <= MAX_LENGTH
        && (EXACT.matcher(text).matches() || BEGINNING.matcher(text).matches());
  }
}
