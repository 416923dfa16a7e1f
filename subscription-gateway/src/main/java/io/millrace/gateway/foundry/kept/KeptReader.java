package io.millrace.gateway.foundry.kept;

import io.cloudevents.CloudEvent;
import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.LogReader;
import io.millrace.gateway.stream.PastReader;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/** Reads again what clients have not acknowledged, on one thread of its own. */
public final class KeptReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_BYTES = 512 << 10;

  // What is kept may stand far apart.
  private static final int FETCH_BYTES = 128 << 10;

  private final MillraceTopics topics;
  private final CatchUp thread;

  /**
   * Reads nothing yet.
   *
   * @param clients settings that every Kafka client gets
   */
  public KeptReader(Map<String, ?> clients, MillraceTopics topics) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-gateway-foundry-kept");
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    this.topics = topics;
    this.thread = new CatchUp("millrace-foundry-kept-", 1, () -> new LogReader(settings));
    thread.start();
  }

  /**
   * An event that stands where it was kept.
   *
   * @param event empty if the log has it no more
   */
  public record Found(KeptPlace place, Optional<CloudEvent> event) {}

  /**
   * Reads some of them, the first ones; the answer has as many as were read, at least one. Fails if
   * Kafka does not answer in time.
   */
  public CompletionStage<List<Found>> read(List<KeptPlace> places) {
    CompletableFuture<List<Found>> answer = new CompletableFuture<>();
    thread.submit(
        reader -> {
          try {
            answer.complete(found(reader, places));
          } catch (WakeupException | InterruptException e) {
            answer.completeExceptionally(e);
            throw e;
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private List<Found> found(PastReader reader, List<KeptPlace> places) {
    List<Found> found = new ArrayList<>();
    Map<TopicPartition, Block> blocks = new HashMap<>();
    long bytes = 0;
    for (KeptPlace place : places) {
      if (found.size() == MOST_AT_ONCE || bytes > MOST_BYTES) {
        break;
      }
      TopicPartition partition =
          new TopicPartition(topics.stream(place.place().stream()), place.place().partition());
      Block block = blocks.get(partition);
      if (block == null || !contains(block, place)) {
        block = read(reader, partition, place.id() - 1);
        blocks.put(partition, block);
      }
      Optional<CloudEvent> event = event(block, place.id());
      found.add(new Found(place, event));
      bytes += event.isEmpty() ? 0 : block.bytes() / block.events().size();
    }
    return found;
  }

  private static boolean contains(Block block, KeptPlace place) {
    return block.from() < place.id() && place.id() <= block.to();
  }

  private static Block read(PastReader reader, TopicPartition partition, long offset) {
    try {
      return reader.read(partition, offset, PATIENCE);
    } catch (OffsetOutOfRangeException e) {
      return new Block(offset, offset + 1, List.of(), 0);
    }
  }

  private static Optional<CloudEvent> event(Block block, long id) {
    int index = block.indexOf(id - 1);
    if (index < block.events().size()) {
      StreamedEvent event = block.events().get(index);
      if (event.id() == id) {
        return Optional.of(event.event());
      }
    }
    if (block.to() < id) {
      throw new TimeoutException("what is kept could not be read in time");
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    thread.close();
  }
}
