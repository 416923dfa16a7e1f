package io.millrace.filter.table;

import java.security.SecureRandom;

/**
 * 122 bits that stand for a text, rolled on from character to character, so that one pass gives
 * those of all its prefixes. Texts are compared by nothing else: reading them where they lie would
 * be two more waits on memory for each look-up.
 *
 * <p>Two polynomials over the text, three characters a coefficient, modulo the prime 2^61-1, at two
 * secret places that are drawn anew by each process. Two different texts of up to 1,024 characters
 * have the same fingerprint with a probability below 2^-105, whoever chose them: far below that of
 * a fault of the memory.
 *
 * <p>Belongs to one thread. Source: Carter and Wegman, "Universal Classes of Hash Functions"
 * (1979).
 */
public final class Fingerprint {

  private static final long PRIME = (1L << 61) - 1;
  private static final long FULL = 1L << 48;

  // Coefficients that no text has.
  private static final long NUMBER = 1L << 52;
  private static final long TRUE = 1L << 53;
  private static final long FALSE = 1L << 54;

  private static final long FIRST_PLACE = place();
  private static final long SECOND_PLACE = place();

  private long first;
  private long second;

  /** A one, then the characters since the last coefficient. */
  private long block = 1;

  private static long place() {
    return Math.floorMod(new SecureRandom().nextLong(), PRIME);
  }

  public static Fingerprint of(String text) {
    var fingerprint = new Fingerprint();
    for (int i = 0; i < text.length(); i++) {
      fingerprint.add(text.charAt(i));
    }
    return fingerprint;
  }

  /** Of a number, which no text equals. */
  public static Fingerprint of(long number) {
    var fingerprint = new Fingerprint();
    fingerprint.take(NUMBER | (number >>> 32));
    fingerprint.take(NUMBER | (number & 0xffff_ffffL));
    return fingerprint;
  }

  /** Of a boolean, which no text equals. */
  public static Fingerprint of(boolean value) {
    var fingerprint = new Fingerprint();
    fingerprint.take(value ? TRUE : FALSE);
    return fingerprint;
  }

  /** Goes on by one character. */
  public void add(char next) {
    block = (block << 16) | next;
    if (block >= FULL) {
      take(block);
      block = 1;
    }
  }

  /** The first half of the text's so far. */
  public long first() {
    return least(step(first, FIRST_PLACE, block));
  }

  /** The second half of the text's so far. */
  public long second() {
    return least(step(second, SECOND_PLACE, block));
  }

  private void take(long coefficient) {
    first = step(first, FIRST_PLACE, coefficient);
    second = step(second, SECOND_PLACE, coefficient);
  }

  // Congruent, and little more than the prime: 2^61 is 1 there.
  private static long step(long value, long place, long coefficient) {
    long low = value * place;
    long high = Math.multiplyHigh(value, place);
    long sum = (low & PRIME) + ((high << 3) | (low >>> 61)) + coefficient;
    return (sum & PRIME) + (sum >>> 61);
  }

  private static long least(long value) {
    return value >= PRIME ? value - PRIME : value;
  }
}
