package io.millrace.gateway.des;

import io.millrace.filter.InvalidFilterException;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.live.Gap;
import io.millrace.gateway.live.LiveSessions;
import io.millrace.gateway.live.Place;
import io.millrace.gateway.live.Positions;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in the query of its handshake.
 *
 * @param topics in the order given
 * @param expression FEEL, if given
 * @param messages types, none for all
 * @param after position up to which nothing is missing to the client, if given
 */
record SessionRequest(
    Set<TopicPath> topics,
    @Nullable String clientId,
    @Nullable String name,
    @Nullable String version,
    @Nullable String expression,
    Set<String> messages,
    @Nullable Positions after) {

  private static final int LONGEST = 200;

  /** The filter for one of its topics. */
  EventFilter filter(TopicPath topic) {
    return new EventFilter(List.of(topic), messages, expression);
  }

  /**
   * Reads the query; whether the positions are of streams that there are is not known yet.
   *
   * @throws HttpProblem with everything that is wrong
   */
  static SessionRequest read(Exchange exchange, DesConfig config, LiveSessions live) {
    return new Reader(exchange, config).read(live);
  }

  /** What it names of places that there are not any more, to be asked when streams are followed. */
  List<Gap> gone(LiveSessions live) {
    List<Gap> gaps = new ArrayList<>();
    if (after != null) {
      for (Place place : live.unknown(after)) {
        long had = after.at(place).orElse(0);
        gaps.add(new Gap(place, had + 1, had, -1, Gap.Reason.UNKNOWN));
      }
    }
    return gaps;
  }

  private static final class Reader {

    private final Exchange exchange;
    private final DesConfig config;
    private final List<Problem> problems = new ArrayList<>();

    Reader(Exchange exchange, DesConfig config) {
      this.exchange = exchange;
      this.config = config;
    }

    SessionRequest read(LiveSessions live) {
      if (exchange.query("topics") == null) {
        problem("topics", "is missing: such as topics=[[\"service\",\"production\"]]");
      }
      Set<TopicPath> topics = parsed("topics", this::topics).orElse(Set.of());
      String expression = exchange.query("filter");
      Set<String> messages =
          parsed("messages", text -> Set.copyOf(WordLists.ofWords(text))).orElse(Set.of());
      if (expression != null) {
        // With a topic it is one that another session may have: then it need not be compiled.
        check(new EventFilter(topics.stream().limit(1).toList(), messages, expression), live);
      }
      SessionRequest request =
          new SessionRequest(
              topics,
              word("clientId"),
              word("name"),
              word("version"),
              expression,
              messages,
              parsed("after", Positions::parse).orElse(null));
      if (!problems.isEmpty()) {
        throw HttpProblem.of(Trouble.MALFORMED, problems);
      }
      return request;
    }

    private Set<TopicPath> topics(String text) {
      Set<TopicPath> topics = new LinkedHashSet<>();
      WordLists.ofLists(text).forEach(levels -> topics.add(new TopicPath(levels)));
      if (topics.size() > config.maxTopics()) {
        throw new IllegalArgumentException("must be at most " + config.maxTopics());
      }
      return topics;
    }

    private void check(EventFilter filter, LiveSessions live) {
      try {
        live.check(filter);
      } catch (InvalidFilterException e) {
        problems.addAll(e.problems());
      }
    }

    private <T> Optional<T> parsed(String name, Function<String, T> reader) {
      String text = exchange.query(name);
      try {
        return text == null ? Optional.empty() : Optional.of(reader.apply(text));
      } catch (IllegalArgumentException e) {
        problem(name, String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }

    /** What goes into events about the session. */
    private @Nullable String word(String name) {
      String text = exchange.query(name);
      if (text != null
          && (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl))) {
        problem(
            name, "must be at most " + LONGEST + " characters, none of them a control character");
      }
      return text == null || text.isBlank() ? null : text;
    }

    private void problem(String field, String reason) {
      problems.add(new Problem(field, reason));
    }
  }
}
