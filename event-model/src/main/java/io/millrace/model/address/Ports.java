package io.millrace.model.address;

import java.util.List;

/** Ports and ranges of them, such as {@code 443} and {@code 8000-8999}. */
record Ports(List<Range> ranges) {

  /** From and to are included. */
  record Range(int from, int to) {
    Range {
      if (from < 1 || to > 65_535 || from > to) {
        throw new IllegalArgumentException("no range of ports: " + from + "-" + to);
      }
    }
  }

  Ports {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one is neither a port nor a range
   */
  static Ports parse(List<String> texts) {
    return new Ports(texts.stream().map(Ports::range).toList());
  }

  boolean contain(int port) {
    return ranges.stream().anyMatch(range -> range.from() <= port && port <= range.to());
  }

  private static Range range(String text) {
    try {
      int dash = text.indexOf('-');
      int from = Integer.parseInt((dash < 0 ? text : text.substring(0, dash)).strip());
      return new Range(from, dash < 0 ? from : Integer.parseInt(text.substring(dash + 1).strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("neither a port nor a range of ports: " + text, e);
    }
  }
}
