package io.millrace.gateway.catalogue;

import io.millrace.model.event.TopicPath;

/**
 * A topic of Acronis's Event Manager: a stream of its own. Source: Acronis Event Manager, topics.
 *
 * @param id CTI, which no Kafka topic can be called
 * @param topic the hierarchical topic of its events
 * @param stream name of the stream, not of its Kafka topic
 * @param persistency whether events are kept for those who subscribe later
 * @param producerConsolidation what producers do, for information
 * @param archiveConsolidation with {@code TTS} only the last event of each type, tenant and subject
 *     is kept, and that for ever
 */
public record AcronisTopic(
    String id,
    TopicPath topic,
    String stream,
    String description,
    boolean persistency,
    Ordering ordering,
    Consolidation producerConsolidation,
    Consolidation archiveConsolidation,
    Retention retention) {

  /** Who gives events their order. */
  public enum Ordering {
    NONE,
    PRODUCER,
    EVENTMANAGER
  }

  /** Which events take the place of others. */
  public enum Consolidation {
    NONE,
    TTS
  }

  /** Whether only the last events are kept. */
  public boolean consolidated() {
    return archiveConsolidation == Consolidation.TTS;
  }
}
