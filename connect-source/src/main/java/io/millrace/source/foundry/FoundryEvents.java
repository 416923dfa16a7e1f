package io.millrace.source.foundry;

import io.cloudevents.CloudEvent;
import io.cloudevents.rw.CloudEventRWException;
import io.millrace.model.event.TopicPath;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.foundry.ServerEvents;
import io.millrace.source.foundry.ServerMessage.Push;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;

/**
 * Pushed events as CloudEvents: id and topic are the server's, the time is when they came, since
 * the server tells none.
 */
record FoundryEvents(URI source, String type, Clock clock) {

  /**
   * The event.
   *
   * @throws UnreadableEventException if its topic is none
   */
  CloudEvent event(Push push) throws UnreadableEventException {
    try {
      TopicPath unused = TopicPath.parse(push.event().topic());
      return ServerEvents.write(push.event())
          .withId(push.eventId())
          .withSource(source)
          .withType(type)
          .withTime(OffsetDateTime.now(clock))
          .build();
    } catch (CloudEventRWException | IllegalArgumentException e) {
      throw new UnreadableEventException("an event's topic cannot be understood", null);
    }
  }
}
