package io.millrace.source.foundry;

/** In which of the two known ways the client subscribes. */
enum MessageShape {
  /** As the vendor's client SDK does it, with token and client id in the message. */
  SDK,
  /** As the vendor's document shows it. */
  DOCUMENT
}
