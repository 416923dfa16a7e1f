package io.millrace.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody has come: for each place the id of the last event before which nothing is
 * missing, 0 for none. Written {@code des:0:17,events:0:4}; several texts joined by commas are a
 * text again, in which the highest number of a place counts.
 */
public record Positions(Map<Place, Long> ids) {

  private static final int MOST = 10_000;
  private static final Pattern ONE = Pattern.compile("([^:,]{1,200}):([0-9]{1,9}):([0-9]{1,18})");

  public Positions {
    ids = Map.copyOf(ids);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong, without naming the
   *     field it came from
   */
  public static Positions parse(String text) {
    Map<Place, Long> ids = new TreeMap<>();
    for (String each : text.split(",", MOST)) {
      Matcher parts = ONE.matcher(each.strip());
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "must be positions as events bear them, with commas between; one is not: "
                + each.strip().substring(0, Math.min(80, each.strip().length())));
      }
      Place place = new Place(parts.group(1), Integer.parseInt(parts.group(2)));
      ids.merge(place, Long.parseLong(parts.group(3)), Math::max);
    }
    return new Positions(ids);
  }

  public OptionalLong at(Place place) {
    Long id = ids.get(place);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  @Override
  public String toString() {
    List<String> texts = new ArrayList<>();
    new TreeMap<>(ids).forEach((place, id) -> texts.add(place + ":" + id));
    return String.join(",", texts);
  }
}
