package io.millrace.gateway;

import io.millrace.gateway.catalogue.AcronisTopic;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.catalogue.CatalogueException;
import io.millrace.gateway.catalogue.CatalogueListener;
import io.millrace.gateway.ingest.StreamTable;
import io.millrace.model.event.TopicPath;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Makes the streams of a catalogue be there, of one partition each, and take the topics that it
 * gives them. What an Acronis topic says about retention and consolidation is what its stream's
 * Kafka topic does, also when it is changed.
 */
final class CatalogueStreams implements CatalogueListener {

  private static final String FOR_EVER = "-1";

  private final Admin admin;
  private final MillraceTopics topics;
  private final Map<String, List<TopicPath>> configured;
  private final StreamTable table;
  private final Consumer<Set<String>> provisioned;

  /**
   * Over what is configured.
   *
   * @param configured topics by the stream that claims them
   * @param table gets all claims
   * @param provisioned told which streams are there, before anybody can publish to them; may wait
   */
  CatalogueStreams(
      Admin admin,
      MillraceTopics topics,
      Map<String, List<TopicPath>> configured,
      StreamTable table,
      Consumer<Set<String>> provisioned) {
    this.admin = admin;
    this.topics = topics;
    this.configured = configured;
    this.table = table;
    this.provisioned = provisioned;
  }

  @Override
  public void changes(Catalogue catalogue) throws CatalogueException, InterruptedException {
    Map<String, List<TopicPath>> all = new HashMap<>();
    configured.forEach((stream, claims) -> all.put(stream, new ArrayList<>(claims)));
    catalogue
        .claims()
        .forEach(
            (stream, claims) ->
                all.computeIfAbsent(stream, name -> new ArrayList<>()).addAll(claims));
    try {
      StreamTable unused = new StreamTable(all);
    } catch (IllegalArgumentException e) {
      throw new CatalogueException("does not go with stream.*.topics: " + e.getMessage(), e);
    }
    try {
      provision(catalogue);
    } catch (KafkaException e) {
      throw new CatalogueException("Kafka did not take its streams: " + cause(e), e);
    }
    provisioned.accept(Set.copyOf(all.keySet()));
    // In these the key decides what stays, so nobody writes to them who could choose it.
    catalogue.acronis().stream()
        .filter(AcronisTopic::consolidated)
        .forEach(topic -> all.remove(topic.stream()));
    table.replace(all);
  }

  private void provision(Catalogue catalogue) throws InterruptedException {
    List<NewTopic> wanted = new ArrayList<>();
    catalogue
        .streams()
        .forEach(stream -> wanted.add(TopicProvisioner.log(topics.stream(stream.name()), 1)));
    new TopicProvisioner(admin).ensure(wanted);
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (AcronisTopic topic : catalogue.acronis()) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topics.stream(topic.stream())),
          keeping(topic));
    }
    try {
      admin.incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException e) {
      throw new KafkaException("a topic could not be configured", e.getCause());
    }
  }

  private static List<AlterConfigOp> keeping(AcronisTopic topic) {
    Duration retention = topic.retention().duration();
    String millis =
        topic.consolidated() || retention == null ? FOR_EVER : "" + retention.toMillis();
    return List.of(
        set(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            topic.consolidated()
                ? TopicConfig.CLEANUP_POLICY_COMPACT
                : TopicConfig.CLEANUP_POLICY_DELETE),
        set(TopicConfig.RETENTION_MS_CONFIG, millis));
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  private static String cause(KafkaException e) {
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }
}
