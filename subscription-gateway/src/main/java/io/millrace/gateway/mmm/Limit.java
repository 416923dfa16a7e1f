package io.millrace.gateway.mmm;

/**
 * How a number that a client may give is taken. All of them say how much there may be at most, so
 * one that is too high is taken for the highest.
 *
 * @param standard where the client gives none
 */
record Limit(int lowest, int standard, int highest) {

  Limit {
    if (lowest > standard || standard > highest) {
      throw new IllegalArgumentException("must be between " + lowest + " and " + highest);
    }
  }
}
