package io.millrace.gateway.stream;

/**
 * Hears everything that comes to one partition of a stream, in its order. Called by the one thread
 * that reads the stream, which it must not hold; what it throws has the same piece brought again.
 */
public interface HeadListener {

  /**
   * Everything before this offset was taken; negative before {@link #begin}. Any thread may ask.
   */
  long position();

  /**
   * First of all, once.
   *
   * @param start offset of the oldest record
   * @param end where what is brought begins
   */
  void begin(long start, long end);

  /** Takes in what follows the position. */
  void take(Block block);

  /** What stood from the position up to here cannot be had any more. */
  void skipTo(long start);
}
