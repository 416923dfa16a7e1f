package io.millrace.source.foundry;

/** Codes of replies that concern a client that only subscribes. Source: the vendor's client SDK. */
final class ReplyCode {

  static final int SUBSCRIBED = 620001;
  static final int SUBSCRIPTION_FAILED = 620002;
  static final int PARTLY_SUBSCRIBED = 620003;
  static final int UNAUTHENTICATED = 620011;
  static final int MISSING_PARAMETER = 620012;
  static final int BAD_PAYLOAD = 620014;

  private ReplyCode() {}
}
