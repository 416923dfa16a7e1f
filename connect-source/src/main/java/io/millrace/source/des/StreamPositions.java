package io.millrace.source.des;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a server that can resume goes on from: for each of its places the highest number. Servers
 * tell it with what they send, as texts such as {@code des:0:17,events:0:4}; what is no such text
 * is ignored. For one thread.
 *
 * <p>Not the vendor's: Millrace's own gateway does so.
 */
final class StreamPositions {

  private final Map<String, Long> numbers = new TreeMap<>();

  /** Takes in what a server tells, where it is further. */
  void further(@Nullable String text) {
    read(text).forEach((place, number) -> numbers.merge(place, number, Math::max));
  }

  /** Forgets the places that a server does not name. */
  void only(@Nullable String text) {
    numbers.keySet().retainAll(read(text).keySet());
  }

  /** Takes in only places that are not known yet. */
  void others(@Nullable String text) {
    read(text).forEach(numbers::putIfAbsent);
  }

  /** The text that the server understands; null if it has told nothing. */
  @Nullable String text() {
    return numbers.isEmpty()
        ? null
        : numbers.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue())
            .collect(Collectors.joining(","));
  }

  private static Map<String, Long> read(@Nullable String text) {
    Map<String, Long> read = new TreeMap<>();
    if (text != null) {
      for (String each : text.split(",", -1)) {
        int colon = each.lastIndexOf(':');
        String number = each.substring(colon + 1).strip();
        if (colon > 0 && number.matches("[0-9]{1,18}")) {
          read.merge(each.substring(0, colon).strip(), Long.parseLong(number), Math::max);
        }
      }
    }
    return read;
  }
}
