package io.millrace.model.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text in an identity may be, so that it cannot break the request that carries it.
 *
 * @param requirement completes "must be …"
 */
record TextRule(String requirement, Predicate<String> check) {

  static final TextRule LINE =
      new TextRule("a text without control characters that is not empty", TextRule::isLine);

  static final TextRule LINE_OR_EMPTY =
      new TextRule("a text without control characters", text -> text.isEmpty() || isLine(text));

  static final TextRule WORDS = new TextRule("a text that is not empty", text -> !text.isBlank());

  static final TextRule USER =
      new TextRule(
          "a text without control characters or colons that is not empty",
          text -> isLine(text) && text.indexOf(':') < 0);

  static final TextRule TOKEN =
      new TextRule("visible ASCII characters without spaces", text -> text.matches("[!-~]+"));

  static final TextRule HEADER_NAME =
      new TextRule("the name of a header that a request may carry freely", TextRule::isFreeHeader);

  static final TextRule HTTP_URL =
      new TextRule("an http or https URL with a host and without a user", TextRule::isHttp);

  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  // They say where a message goes and where it ends.
  private static final Set<String> TAKEN =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "keep-alive",
          "proxy-connection");

  boolean allows(String text) {
    return check.test(text);
  }

  /** For constructors; the text itself stays out of the message. */
  void require(String field, String text) {
    if (!allows(text)) {
      throw new IllegalArgumentException(field + " must be " + requirement);
    }
  }

  private static boolean isLine(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isFreeHeader(String text) {
    return HEADER.matcher(text).matches() && !TAKEN.contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isHttp(String text) {
    try {
      URI url = new URI(text);
      return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
          && url.getHost() != null
          && url.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
