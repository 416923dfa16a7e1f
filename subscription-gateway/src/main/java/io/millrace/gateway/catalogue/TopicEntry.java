package io.millrace.gateway.catalogue;

import io.millrace.model.event.TopicPath;
import io.millrace.model.security.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical topic.
 *
 * @param stream that takes its events and those below it; absent where others decide
 * @param subLevels what the levels below it stand for, from the first on, such as Environment
 * @param clientOnly whether Foundry's client devices may subscribe to it, and to those below
 * @param receive who may receive its events and those below; absent where it adds no rule
 * @param publish who may publish on it and below; absent where it adds no rule
 */
public record TopicEntry(
    TopicPath path,
    @Nullable String description,
    @Nullable String stream,
    List<String> subLevels,
    boolean clientOnly,
    @Nullable Permission receive,
    @Nullable Permission publish) {

  public TopicEntry {
    subLevels = List.copyOf(subLevels);
  }
}
