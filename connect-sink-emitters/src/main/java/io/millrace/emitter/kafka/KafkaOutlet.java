package io.millrace.emitter.kafka;

import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.task.EmitterIdentities;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.Outlet;
import io.millrace.filter.feel.EventExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.kafka.KafkaCluster;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.utils.ThreadUtils;

/** The producers of one task, and the threads that make, ask and close them. */
final class KafkaOutlet implements Outlet {

  private static final Duration SWEEP = Duration.ofSeconds(30);

  private final EmitterIdentities identities;
  private final ProducerPool producers;
  private final ScheduledExecutorService scheduler;
  private final ExecutorService makers;

  private KafkaOutlet(
      EmitterIdentities identities,
      ProducerPool producers,
      ScheduledExecutorService scheduler,
      ExecutorService makers) {
    this.identities = identities;
    this.producers = producers;
    this.scheduler = scheduler;
    this.makers = makers;
  }

  static KafkaOutlet open(KafkaConfig config, EmitterIdentities identities) {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            ThreadUtils.createThreadFactory("millrace-kafka", true));
    ExecutorService makers =
        Executors.newCachedThreadPool(
            ThreadUtils.createThreadFactory("millrace-kafka-producer-%d", true));
    ProducerPool producers =
        new ProducerPool(
            cluster -> producer(config, cluster, scheduler), makers, config.producerIdle());
    var unused =
        scheduler.scheduleWithFixedDelay(
            producers::closeIdle, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    return new KafkaOutlet(identities, producers, scheduler, makers);
  }

  @Override
  public Emitter open(EmitterSpec spec) {
    KafkaParameters parameters = (KafkaParameters) spec.parameters();
    try {
      String key = parameters.keyExpression();
      return new KafkaEmitter(
          parameters,
          new KafkaRecords(parameters, key == null ? null : EventExpression.compile(key)),
          identities.of(spec.identityRef()),
          producers);
    } catch (InvalidExpressionException e) {
      // Whoever accepts definitions checks this; one that came another way says why it stands.
      Outcome wrong = new Outcome.Refused("keyExpression is wrong: " + e.reason(), null);
      return emissions -> CompletableFuture.completedStage(wrong);
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    producers.close();
    makers.shutdown();
    identities.close();
  }

  private static SharedProducer producer(
      KafkaConfig config, KafkaCluster cluster, ScheduledExecutorService scheduler) {
    Thread thread = Thread.currentThread();
    // Where login modules and the like are looked for.
    thread.setContextClassLoader(KafkaOutlet.class.getClassLoader());
    return new SharedProducer(
        new KafkaProducer<>(config.producerConfig(cluster)),
        scheduler,
        System::nanoTime,
        config.metadataWait());
  }
}
