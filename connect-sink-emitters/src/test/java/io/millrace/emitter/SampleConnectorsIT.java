package io.millrace.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.millrace.emitter.task.EmitterConnector;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.identity.Credentials.Bearer;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.SigningSecret;
import io.millrace.model.identity.store.IdentityStore;
import io.millrace.model.identity.store.StoreKey;
import io.millrace.model.identity.store.StoredIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples that people begin with. */
class SampleConnectorsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../connectors");
  private static final byte[] SECRET = "a secret of thirty-two bytes, ok".getBytes(UTF_8);

  @TempDir private static Path plugins;
  @TempDir private static Path folder;
  private static EmitterWorker worker;

  @BeforeAll
  static void start() throws Exception {
    storeIdentity();
    worker = new EmitterWorker(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.filter(SampleConnectorsIT::isOfAnEmitter).sorted().toList();
    }
  }

  private static boolean isOfAnEmitter(Path file) {
    try {
      return file.toString().endsWith(".json")
          && Files.readString(file).contains("\"io.millrace.emitter.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void runsOnAWorker(Path sample) throws Exception {
    Map<String, String> config = config(sample);
    String name = JSON.readTree(sample.toFile()).path("name").asText();
    try (EmitterWorker.Started started = worker.put(name, config)) {
      assertThat(started.name()).startsWith("sample-");
    }
  }

  @Test
  void theSignedOneShowsWhoItIsAndSigns() throws Exception {
    Map<String, String> config = config(SAMPLES.resolve("webhook-signed.json"));
    BlockingQueue<Headers> got = new LinkedBlockingQueue<>();
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext(
        "/",
        exchange -> {
          assertThat(exchange.getRequestBody().readAllBytes()).asString(UTF_8).isEqualTo("{}");
          got.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    shop.start();
    config.replace("url", "http://127.0.0.1:" + shop.getAddress().getPort() + "/");
    config.put("consumer.override.auto.offset.reset", "earliest");
    worker.produce(config.get("topics"), EmitterWorker.event(1, "order"));
    try (EmitterWorker.Started started = worker.put("sample-that-signs", config)) {
      Headers headers = got.poll(60, TimeUnit.SECONDS);
      assertThat(headers).as(started.name()).isNotNull();
      assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer t0ken");
      String signed =
          headers.getFirst("webhook-id") + "." + headers.getFirst("webhook-timestamp") + ".{}";
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      assertThat(headers.getFirst("webhook-signature"))
          .isEqualTo(
              "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
    } finally {
      shop.stop(0);
    }
  }

  /** What the file says, but for what differs from one installation to the other. */
  private static Map<String, String> config(Path sample) throws Exception {
    Map<String, String> config =
        JSON.convertValue(
            JSON.readTree(sample.toFile()).path("config"),
            new TypeReference<Map<String, String>>() {});
    config.replace("topics", worker.topic());
    config.replace("bootstrap.servers", worker.bootstrap);
    config.replace("brokers", worker.bootstrap);
    config.replace("topic", worker.topic());
    config.replace("base.folder", folder.toString());
    config.replace("topic.prefix", KafkaFixture.uniqueName("sample"));
    config.replace("identity.provider.param.file", identities().toString());
    config.replace("identity.provider.param.key.file", key().toString());
    return config;
  }

  private static void storeIdentity() throws Exception {
    StoreKey.generate(key(), new SecureRandom());
    String secret = "whsec_" + Base64.getEncoder().encodeToString(SECRET);
    Identity identity =
        new Identity(
            new Bearer(new Password("t0ken")), List.of(SigningSecret.of(secret).orElseThrow()));
    new IdentityStore(identities(), StoreKey.find(Map.of(), key()))
        .change(all -> all.put("shop", new StoredIdentity("shop", "ann", false, identity)));
  }

  private static Path identities() {
    return folder.resolve("identities");
  }

  private static Path key() {
    return folder.resolve("key");
  }

  @Test
  void eachConnectorHasOne() throws IOException {
    TreeSet<String> shown = new TreeSet<>();
    for (Path sample : samples()) {
      JsonNode config = JSON.readTree(sample.toFile()).path("config");
      shown.add(config.path("connector.class").asText());
    }
    ServiceLoader<SinkConnector> connectors = ServiceLoader.load(SinkConnector.class);
    assertThat(connectors)
        .filteredOn(EmitterConnector.class::isInstance)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(shown).contains(each.getClass().getName()));
  }
}
