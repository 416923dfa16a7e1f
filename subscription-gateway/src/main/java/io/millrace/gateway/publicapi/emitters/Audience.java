package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody may see: those of the configured topics, an admin all. What has no readable
 * topic is for those who may see everything.
 */
public final class Audience {

  private final Optional<List<TopicPath>> topics;

  /**
   * Of all users.
   *
   * @param topics empty for every topic
   */
  public Audience(Optional<List<TopicPath>> topics) {
    this.topics = topics.map(List::copyOf);
  }

  /** Whether there is no event that it may not see. */
  public boolean seesAll(Principal principal) {
    return principal.admin() || topics.isEmpty();
  }

  /** Whether it may see an event of that topic, absent for one without. */
  public boolean sees(Principal principal, @Nullable TopicPath topic) {
    return seesAll(principal)
        || (topic != null && topics.orElseThrow().stream().anyMatch(each -> each.contains(topic)));
  }

  /** What of a filter asks for more than it may see; none if nothing does. */
  public List<Problem> problems(Principal principal, EventFilter filter) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < filter.topics().size(); i++) {
      TopicPath topic = filter.topics().get(i);
      if (!sees(principal, topic)) {
        problems.add(new Problem("topics[" + i + "]", "is not open to you: " + topic));
      }
    }
    return problems;
  }
}
