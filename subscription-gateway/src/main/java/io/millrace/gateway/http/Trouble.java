package io.millrace.gateway.http;

/** What can be wrong with a request, whatever the dialect; each has its HTTP status. */
public enum Trouble {
  MALFORMED(400),
  MISSING(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  TIMEOUT(408),
  CONFLICT(409),
  TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  UNKNOWN_TOPIC(422),
  UPGRADE_REQUIRED(426),
  TOO_MANY_REQUESTS(429),
  INTERNAL(500),
  UNAVAILABLE(503);

  private final int status;

  Trouble(int status) {
    this.status = status;
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }
}
