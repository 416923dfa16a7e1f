package io.millrace.gateway.foundry.kept;

import io.millrace.gateway.live.Positions;
import io.millrace.model.event.TopicPath;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a client, so that another connection, of another gateway too, goes on from it.
 * The topics are as they were when everything up to {@code seen} was looked at: so a topic that is
 * added takes in nothing older, and one whose subscription has ended nothing newer.
 *
 * @param topics subscribed to as private
 * @param seen up to where everything was looked at, and pushed if it was wanted
 * @param kept what was pushed and not acknowledged, all of it before that
 */
public record ClientState(Set<TopicPath> topics, Positions seen, List<KeptPlace> kept) {

  /** Of a client that nothing is known of. */
  public static final ClientState NEW =
      new ClientState(Set.of(), new Positions(Map.of()), List.of());

  public ClientState {
    topics = Set.copyOf(topics);
    kept = List.copyOf(kept);
  }

  /** The same with other topics. */
  public ClientState with(Set<TopicPath> others) {
    return new ClientState(others, seen, kept);
  }
}
