package io.millrace.source.acronis;

/** Where to begin when Connect remembers nothing. */
enum StartPosition {
  /** Where the subscription stands, by its stored offset. */
  STORED,
  /** At the oldest event that the topic has. */
  EARLIEST,
  /** After the newest event that the topic has. */
  CURRENT,
  /** At the first event since a time. */
  TIMESTAMP
}
