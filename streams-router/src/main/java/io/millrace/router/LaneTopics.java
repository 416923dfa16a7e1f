package io.millrace.router;

import io.millrace.model.kafka.TopicProvisioner;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The emitters' topics that are known to exist: thousands of definitions at a start need not ask
 * for each. Belongs to whoever holds the lock of {@link Lanes}.
 */
final class LaneTopics {

  private final Lookup lookup;
  private final Creation creation;
  private final Set<String> existing = new HashSet<>();

  /** Names of all topics of the cluster. */
  @FunctionalInterface
  interface Lookup {
    Set<String> names() throws InterruptedException;
  }

  /** Makes topics exist. */
  @FunctionalInterface
  interface Creation {
    void create(List<String> topics) throws InterruptedException;
  }

  LaneTopics(Lookup lookup, Creation creation) {
    this.lookup = lookup;
    this.creation = creation;
  }

  static LaneTopics of(Admin admin, int partitions) {
    TopicProvisioner provisioner = new TopicProvisioner(admin);
    return new LaneTopics(
        () -> names(admin),
        topics ->
            provisioner.ensure(
                topics.stream().map(topic -> TopicProvisioner.log(topic, partitions)).toList()));
  }

  /** Looks which topics there are now. */
  void look() throws InterruptedException {
    Set<String> names = lookup.names();
    existing.clear();
    existing.addAll(names);
  }

  /**
   * Returns when the topics exist, as far as is known.
   *
   * @throws KafkaException if one could not be created
   */
  void ensure(Collection<String> topics) throws InterruptedException {
    List<String> missing = topics.stream().filter(topic -> !existing.contains(topic)).toList();
    if (!missing.isEmpty()) {
      creation.create(missing);
      existing.addAll(missing);
    }
  }

  /** The topic of a removed emitter may go at any time. */
  void forget(String topic) {
    existing.remove(topic);
  }

  private static Set<String> names(Admin admin) throws InterruptedException {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw new KafkaException("the topics could not be listed", e.getCause());
    }
  }
}
