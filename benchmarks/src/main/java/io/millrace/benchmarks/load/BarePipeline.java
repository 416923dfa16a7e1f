package io.millrace.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * What one would write by hand for one endpoint, as the ceiling: an HTTP handler that produces to a
 * topic ({@code acks=all}), and a consumer that posts each record. No authentication, no checks, no
 * routing, no order per key, no retry, no dead letters.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Results come through callbacks.
final class BarePipeline implements AutoCloseable {

  private static final int IN_FLIGHT = 64;

  private final String topic = "bare-" + UUID.randomUUID();
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final CloseableHttpAsyncClient client;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final Thread forwarding = new Thread(this::forward, "bare-forwarder");
  private final URI endpoint;

  BarePipeline(String bootstrapServers, URI endpoint) throws Exception {
    this.endpoint = endpoint;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "earliest",
                "group.id",
                topic),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(IN_FLIGHT)
                    .setMaxConnPerRoute(IN_FLIGHT)
                    .build())
            .build();
    client.start();
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Ingest());
    server.start();
    forwarding.start();
  }

  URI ingest() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/events");
  }

  private final class Ingest extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      byte[] id = request.getHeaders().get("ce-id").getBytes(StandardCharsets.UTF_8);
      Promise.Completable.<ByteBuffer>with(promise -> Content.Source.asByteBuffer(request, promise))
          .thenAccept(
              body -> {
                var record = new ProducerRecord<byte[], byte[]>(topic, BufferUtil.toArray(body));
                record.headers().add("ce_id", id);
                producer.send(record, (metadata, failure) -> answer(response, callback, failure));
              });
      return true;
    }

    private void answer(Response response, Callback callback, @Nullable Exception e) {
      response.setStatus(
          e == null ? HttpStatus.NO_CONTENT_204 : HttpStatus.SERVICE_UNAVAILABLE_503);
      callback.succeeded();
    }
  }

  private void forward() {
    try (consumer) {
      consumer.subscribe(List.of(topic));
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          inFlight.acquireUninterruptibly();
          post(record);
        }
      }
    } catch (WakeupException e) {
      // Closed.
    }
  }

  private void post(ConsumerRecord<byte[], byte[]> record) {
    String id = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    client.execute(
        SimpleRequestBuilder.post(endpoint)
            .setHeader("ce-id", id)
            .setBody(record.value(), ContentType.APPLICATION_JSON)
            .build(),
        new FutureCallback<SimpleHttpResponse>() {
          @Override
          public void completed(SimpleHttpResponse response) {
            inFlight.release();
          }

          @Override
          public void failed(Exception e) {
            inFlight.release();
          }

          @Override
          public void cancelled() {
            inFlight.release();
          }
        });
  }

  @Override
  public void close() throws IOException {
    LifeCycle.stop(server);
    consumer.wakeup();
    client.close();
    producer.close();
  }
}
