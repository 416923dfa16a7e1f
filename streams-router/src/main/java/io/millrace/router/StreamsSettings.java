package io.millrace.router;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told. */
public final class StreamsSettings {

  private StreamsSettings() {}

  static Properties of(RouterConfig config, UndeliveredHandler.Context undelivered) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UndeliveredHandler.class);
    settings.put(UndeliveredHandler.CONTEXT, undelivered);
    settings.putAll(tuning(config));
    return settings;
  }

  /**
   * All but what becomes of records that cannot be written: also what another topology needs, to be
   * compared with the router's.
   */
  public static Properties tuning(RouterConfig config) {
    Properties settings = new Properties();
    String guarantee = config.getString(RouterConfig.PROCESSING_GUARANTEE);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    settings.put(
        StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.getInt(RouterConfig.THREADS).toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    if (guarantee.equals(StreamsConfig.AT_LEAST_ONCE)) {
      // What is routed again after a crash is at most this much; the default is 30 s.
      settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
    }
    consume(settings);
    produce(settings);
    settings.putAll(config.clientSettings());
    return settings;
  }

  private static void consume(Properties settings) {
    // New streams are found when the metadata is read again.
    settings.put(mainConsumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), "1000");
    // How long a stream that was deleted can hold up all others: its position cannot be committed.
    settings.put(mainConsumerPrefix(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG), "5000");
    settings.put(consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "5000");
    // A router that was killed is missed soon, and its work taken over.
    settings.put(consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "6000");
    settings.put(consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), "1500");
  }

  private static void produce(Properties settings) {
    settings.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "5");
    settings.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), "131072");
    // How long a topic that was deleted can hold up all others; the defaults are minutes.
    settings.put(producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), "10000");
    settings.put(producerPrefix(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG), "10000");
    settings.put(producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), "20000");
    // The topic of a removed emitter is forgotten before it is deleted, lest it be missed aloud.
    settings.put(producerPrefix(ProducerConfig.METADATA_MAX_IDLE_CONFIG), "30000");
    // An event that fitted into its stream fits into an emitter's topic: the broker decides.
    settings.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), "33554432");
  }
}
