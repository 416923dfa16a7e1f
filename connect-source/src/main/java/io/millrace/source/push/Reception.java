package io.millrace.source.push;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/** Is told what a conversation has understood. Called by the thread that reads the connection. */
public interface Reception {

  /**
   * From now on events come.
   *
   * @param complete whether those that happened since the last connection come too
   * @param place where the server can go on from later; null if it cannot
   */
  void ready(boolean complete, @Nullable String place);

  /** Nothing was missing up to here. */
  void reached(@Nullable String place);

  /** The server says that it has left out events. */
  void missed();

  /**
   * An event has come. Waits while Kafka does not take as many as come; the connection is not read
   * meanwhile.
   *
   * @param place where the server can go on from after it; null if it cannot
   * @param stored runs when Kafka has the event, also if it has come before; on any thread, so it
   *     must neither wait nor throw
   */
  void event(CloudEvent event, @Nullable String place, Runnable stored) throws InterruptedException;

  /**
   * A message could not be understood.
   *
   * @param reason a sentence that quotes nothing of it
   */
  void unreadable(String reason);
}
