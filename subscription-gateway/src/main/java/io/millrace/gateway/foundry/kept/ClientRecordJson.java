package io.millrace.gateway.foundry.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.gateway.live.Place;
import io.millrace.gateway.live.Positions;
import io.millrace.model.event.TopicPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A client's record as JSON. Safe for use by several threads. */
final class ClientRecordJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private ClientRecordJson() {}

  // By stream and partition; what is kept as pairs of id and time, since there may be thousands.
  private record Stored(
      String session,
      boolean claim,
      long written,
      List<List<String>> topics,
      Map<String, Map<Integer, Long>> seen,
      Map<String, Map<Integer, List<Long>>> kept) {}

  static byte[] write(ClientRecord record) {
    ClientState state = record.state();
    Map<String, Map<Integer, Long>> seen = new TreeMap<>();
    state
        .seen()
        .ids()
        .forEach(
            (place, id) ->
                seen.computeIfAbsent(place.stream(), name -> new TreeMap<>())
                    .put(place.partition(), id));
    Map<String, Map<Integer, List<Long>>> kept = new TreeMap<>();
    for (KeptPlace each : state.kept()) {
      List<Long> pairs =
          kept.computeIfAbsent(each.place().stream(), name -> new TreeMap<>())
              .computeIfAbsent(each.place().partition(), number -> new ArrayList<>());
      pairs.add(each.id());
      pairs.add(each.logged());
    }
    List<List<String>> topics = state.topics().stream().map(TopicPath::levels).toList();
    try {
      return JSON.writeValueAsBytes(
          new Stored(record.session(), record.claim(), record.written(), topics, seen, kept));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a client's record could not be written as JSON", e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws IOException if it is none
   */
  static ClientRecord read(byte[] json) throws IOException {
    Stored stored = JSON.readValue(json, Stored.class);
    try {
      Set<TopicPath> topics =
          stored.topics.stream().map(TopicPath::new).collect(Collectors.toUnmodifiableSet());
      Map<Place, Long> seen = new TreeMap<>();
      stored.seen.forEach(
          (stream, ids) -> ids.forEach((number, id) -> seen.put(new Place(stream, number), id)));
      List<KeptPlace> kept = new ArrayList<>();
      stored.kept.forEach(
          (stream, places) ->
              places.forEach((number, pairs) -> add(new Place(stream, number), pairs, kept)));
      kept.sort(Comparator.comparingLong(KeptPlace::logged));
      ClientState state = new ClientState(topics, new Positions(seen), kept);
      return new ClientRecord(stored.session, stored.claim, stored.written, state);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IOException("not a client's record: " + e.getMessage(), e);
    }
  }

  private static void add(Place place, List<Long> pairs, List<KeptPlace> kept) {
    if (pairs.size() % 2 != 0) {
      throw new IllegalArgumentException("what is kept has an id and a time");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      kept.add(new KeptPlace(place, pairs.get(i), pairs.get(i + 1)));
    }
  }
}
