package io.millrace.filter.mmm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.FilterIndex;
import io.millrace.filter.InvalidFilterException;
import io.millrace.model.event.Extensions;
import io.millrace.model.mmm.EntityStatus;
import io.millrace.model.mmm.MmmEvent;
import io.millrace.model.mmm.MmmEvents;
import io.millrace.model.mmm.MmmFilter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter and the reader say the same of every event. */
class MmmFilterTest {

  private static final String NAMES =
      "\"entityId\": \"e1\", \"entityType\": \"term\", \"entityStatus\": \"CREATED\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{" + NAMES + "}",
        "{" + NAMES + ", \"parentId\": \"p1\", \"more\": [1, {\"a\": 2.5e3}]}",
        "{" + NAMES + ", \"parentId\": 7, \"data\": {\"entityId\": 1}, \"event\": {\"user\": 1}}",
        "{\"entityId\": 7, " + NAMES + "}"
      })
  void isOne(String data) throws Exception {
    assertThat(MmmEvents.read(event(data, "application/json", null), 0)).isNotNull();
    assertThat(accepts(MmmFilter.EVERYTHING, event(data, "application/json", null))).isTrue();
    assertThat(accepts(MmmFilter.EVERYTHING, event(data, "application/x+json;a=b", null))).isTrue();
    assertThat(accepts(MmmFilter.EVERYTHING, event(data, "text/plain", null))).isFalse();
    assertThat(MmmEvents.read(event(data, "text/plain", null), 0)).isNull();
  }

  static List<String> others() {
    return List.of(
        "",
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{" + NAMES,
        "{" + NAMES + "} {}",
        "[{" + NAMES + "}]",
        "{\"data\": {" + NAMES + "}}",
        "{" + NAMES + ", \"entityId\": \"\"}",
        "{" + NAMES + ", \"entityId\": null}",
        "{" + NAMES + ", \"entityId\": [\"e1\"]}",
        "{" + NAMES + ", \"entityType\": [\"term\"]}",
        "{" + NAMES + ", \"entityType\": \"\"}",
        "{" + NAMES + ", \"entityType\": 1}",
        "{" + NAMES + ", \"entityType\": \"" + "t".repeat(MmmFilter.MAX_LENGTH + 1) + "\"}",
        "{" + NAMES + ", \"entityId\": \"" + "e".repeat(MmmFilter.MAX_LENGTH + 1) + "\"}",
        "{" + NAMES + ", \"entityStatus\": \"created\"}",
        "{" + NAMES + ", \"entityStatus\": [\"CREATED\"]}",
        "{" + NAMES + ", \"entityStatus\": \"MOVED\"}",
        "{" + NAMES + ", \"entityStatus\": true}",
        "{" + NAMES + ", \"n\": 1e7000}",
        "{" + NAMES + ", \"n\": [[1e7000]]}",
        "{" + NAMES + ", \"n\": " + "[".repeat(200) + "]".repeat(200) + "}");
  }

  @ParameterizedTest
  @MethodSource("others")
  void isNone(String data) throws Exception {
    CloudEvent event = event(data, "application/json", null);
    assertThat(MmmEvents.read(event, 0)).isNull();
    assertThat(accepts(MmmFilter.EVERYTHING, event)).isFalse();
  }

  @Test
  void filterAndReaderAgreeOnAnything() throws Exception {
    Random random = new Random(7);
    FilterIndex<Integer> index = new FilterIndex<>();
    List<MmmFilter> filters = IntStream.range(0, 200).mapToObj(i -> filter(random)).toList();
    for (int i = 0; i < filters.size(); i++) {
      index.put(i, filters.get(i).toEventFilter());
    }
    List<EventMatcher> matchers = filters.stream().map(MmmFilterTest::matcher).toList();
    int wanted = 0;
    for (int n = 0; n < 2_000; n++) {
      CloudEvent event = event(randomData(random), "application/json", pick(random, USERS));
      List<Integer> expected =
          IntStream.range(0, filters.size())
              .filter(i -> expected(filters.get(i), event))
              .boxed()
              .toList();
      wanted += expected.size();
      assertThat(index.match(event)).as("%s", event).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(IntStream.range(0, filters.size()).filter(i -> matchers.get(i).matches(event)))
          .as("%s", event)
          .containsExactlyElementsOf(expected);
    }
    assertThat(wanted).isGreaterThan(1_000);
  }

  @Test
  void nothingIsNobodysOwn() throws Exception {
    MmmFilter others = new MmmFilter(null, null, null, null, "ann");
    assertThat(accepts(others, event("{" + NAMES + "}", "application/json", null))).isTrue();
    assertThat(accepts(others, event("{" + NAMES + "}", "application/json", "bob"))).isTrue();
    assertThat(accepts(others, event("{" + NAMES + "}", "application/json", "ann"))).isFalse();
  }

  @Test
  void dataCannotSayWhoseItIs() throws Exception {
    MmmFilter others = new MmmFilter(null, null, null, null, "ann");
    String claiming = "{" + NAMES + ", \"event\": {\"user\": \"ann\"}}";
    assertThat(accepts(others, event(claiming, "application/json", "bob"))).isTrue();
  }

  @Test
  void noTextCanChangeTheExpression() throws Exception {
    Random random = new Random(11);
    CloudEvent plain = event("{" + NAMES + "}", "application/json", "ann");
    for (int n = 0; n < 500; n++) {
      String text = n < ODD.size() ? ODD.get(n) : randomText(random);
      assertThat(accepts(new MmmFilter(text, null, null, null, null), plain)).as(text).isFalse();
      assertThat(accepts(new MmmFilter(null, text, null, null, null), plain)).as(text).isFalse();
      assertThat(accepts(new MmmFilter(null, null, text, null, null), plain)).as(text).isFalse();
      assertThat(accepts(new MmmFilter(null, null, null, null, text), plain)).as(text).isTrue();
      CloudEvent same =
          event(
              "{\"entityId\": %1$s, \"entityType\": %1$s, \"parentId\": %1$s, \"entityStatus\": \"CREATED\"}"
                  .formatted(json(text)),
              "application/json",
              text);
      assertThat(accepts(new MmmFilter(text, text, text, null, null), same)).as(text).isTrue();
      assertThat(accepts(new MmmFilter(null, null, null, null, text), same)).as(text).isFalse();
    }
  }

  @Test
  void theLongestTextsAreTaken() throws Exception {
    String longest = "\u00e9".repeat(MmmFilter.MAX_LENGTH);
    MmmFilter filter = new MmmFilter(longest, longest, longest, EntityStatus.CREATED, "ann");
    assertThat(accepts(filter, event("{" + NAMES + "}", "application/json", null))).isFalse();
  }

  private static final List<String> USERS = List.of("ann", "bob", "", "-");
  private static final List<String> TEXTS = List.of("a", "b", "A", "", " a");
  private static final List<String> VALUES =
      List.of("\"a\"", "\"a\"", "\"b\"", "\"\"", "null", "1", "[\"a\"]", "{\"a\": \"a\"}", "true");
  private static final List<String> STATUSES =
      List.of("\"CREATED\"", "\"UPDATED\"", "\"DELETED\"", "\"X\"", "[\"CREATED\"]", "null");
  private static final List<String> ODD =
      List.of(
          "\" or true or \"",
          "\"",
          "\\",
          "\\\"",
          "\\u0022 or true",
          "term\" or \"\" = \"",
          "x\n) or (true",
          "//",
          "/* x",
          "\0",
          "\u2028",
          "{a}",
          "\uD83D\uDE00",
          "@\"2020-01-01\"",
          " term",
          "term ");

  private static String randomData(Random random) {
    return "{\"entityId\": %s, \"entityType\": %s, \"entityStatus\": %s, \"parentId\": %s}"
        .formatted(
            pick(random, VALUES.subList(0, random.nextInt(3) == 0 ? VALUES.size() : 3)),
            pick(random, VALUES.subList(0, random.nextInt(3) == 0 ? VALUES.size() : 3)),
            pick(random, STATUSES.subList(0, random.nextInt(3) == 0 ? STATUSES.size() : 3)),
            pick(random, VALUES));
  }

  private static MmmFilter filter(Random random) {
    return new MmmFilter(
        perhaps(random, TEXTS),
        perhaps(random, TEXTS),
        perhaps(random, TEXTS),
        random.nextBoolean()
            ? null
            : EntityStatus.valueOf(pick(random, List.of("CREATED", "UPDATED", "DELETED"))),
        perhaps(random, USERS));
  }

  private static boolean expected(MmmFilter filter, CloudEvent event) {
    MmmEvent read = MmmEvents.read(event, 0);
    return read != null
        && (filter.entityId() == null || filter.entityId().equals(read.entityId()))
        && (filter.entityType() == null || filter.entityType().equals(read.entityType()))
        && (filter.parentId() == null || filter.parentId().equals(read.parentId()))
        && (filter.entityStatus() == null || filter.entityStatus() == read.entityStatus())
        && (filter.notBy() == null || !Objects.equals(filter.notBy(), read.user()));
  }

  private static String perhaps(Random random, List<String> from) {
    String text = random.nextBoolean() ? null : pick(random, from);
    return text == null || text.isEmpty() ? null : text;
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String randomText(Random random) {
    String alphabet = "\"\\ \n\t(){}[]/*@'.,#u0022nortuealse=\u00e9\u20ac\u2028\u0000\u007f";
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(20);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
    return json.append('"').toString();
  }

  private static boolean accepts(MmmFilter filter, CloudEvent event) throws Exception {
    FilterIndex<String> index = new FilterIndex<>();
    index.put("it", filter.toEventFilter());
    boolean indexed = !index.match(event).isEmpty();
    assertThat(matcher(filter).matches(event)).isEqualTo(indexed);
    return indexed;
  }

  private static EventMatcher matcher(MmmFilter filter) {
    try {
      return EventMatcher.compile(filter.toEventFilter());
    } catch (InvalidFilterException e) {
      throw new AssertionError(filter.toEventFilter().expression(), e);
    }
  }

  private static CloudEvent event(String data, String contentType, String user) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/test"))
            .withType("anything")
            .withData(contentType, data.getBytes(StandardCharsets.UTF_8));
    return user == null ? builder.build() : builder.withExtension(Extensions.USER, user).build();
  }
}
