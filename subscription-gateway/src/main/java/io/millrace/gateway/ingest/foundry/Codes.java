package io.millrace.gateway.ingest.foundry;

import io.millrace.gateway.http.Trouble;

/**
 * Foundry's codes. The document names none of the HTTP endpoint's, so they are those of its client
 * SDK for the WebSocket; which trouble has which code is decided here only. Those of pushes and
 * subscriptions are the WebSocket's own.
 */
public final class Codes {

  public static final int SUBSCRIBED = 620001;
  public static final int SUBSCRIBE_FAILED = 620002;
  public static final int PARTLY_SUBSCRIBED = 620003;
  public static final int PUBLISHED = 620004;
  public static final int PUBLISH_FAILED = 620005;
  public static final int PARTLY_PUBLISHED = 620006;
  public static final int UNSUBSCRIBED = 620007;
  public static final int UNSUBSCRIBE_FAILED = 620008;
  public static final int PARTLY_UNSUBSCRIBED = 620009;
  public static final int PUSHED = 620010;
  public static final int UNAUTHENTICATED = 620011;
  public static final int MISSING_PARAMETER = 620012;
  public static final int BAD_PAYLOAD = 620014;

  private Codes() {}

  /** The code of a request that could not be served. */
  public static int of(Trouble trouble) {
    return switch (trouble) {
      case UNAUTHENTICATED -> UNAUTHENTICATED;
      case MISSING -> MISSING_PARAMETER;
      case MALFORMED, TOO_LARGE, TIMEOUT, UNSUPPORTED_MEDIA_TYPE, UPGRADE_REQUIRED -> BAD_PAYLOAD;
      case FORBIDDEN,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          CONFLICT,
          UNKNOWN_TOPIC,
          TOO_MANY_REQUESTS,
          INTERNAL,
          UNAVAILABLE ->
          PUBLISH_FAILED;
    };
  }
}
