package io.millrace.emitter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.embedded.ConnectOptions;
import io.millrace.fixtures.ConnectFixture;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.LogCapture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.identity.Credentials.Basic;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.store.IdentityStore;
import io.millrace.model.identity.store.StoreKey;
import io.millrace.model.identity.store.StoredIdentity;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities in a real worker, through the packaged ConfigProvider. */
class IdentitiesInConnectIT {

  private static final String SECRET = "s3cret-of-ann";
  private static final String ROTATED = "n3w-s3cret-of-ann";

  @TempDir private static Path folder;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static LogCapture log;
  private static ConnectFixture connect;
  private static String topic;

  @BeforeAll
  static void start() throws Exception {
    log =
        LogCapture.begin(
            "org.apache.kafka.connect", "org.apache.kafka.common.config", "io.millrace");
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), folder.resolve("plugins"));
    StoreKey.generate(keyFile(), new SecureRandom());
    KafkaFixture kafka = KafkaFixture.shared();
    topic = KafkaFixture.uniqueName("identities");
    try (Admin admin = kafka.admin()) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic, 1)));
    }
    connect =
        ConnectFixture.start(
            ConnectOptions.of(
                    kafka.bootstrapServers(),
                    folder.resolve("plugins"),
                    KafkaFixture.uniqueName("connect"))
                .withSettings(
                    Map.of(
                        "config.providers",
                        "millrace",
                        "config.providers.millrace.class",
                        IdentityConfigProvider.class.getName(),
                        "config.providers.millrace.param.file",
                        file().toString(),
                        "config.providers.millrace.param.key.file",
                        keyFile().toString())));
  }

  @AfterAll
  static void stop() {
    connect.close();
    log.close();
  }

  @Test
  void aConnectorGetsTheSecretAndNobodyElseSeesIt() throws Exception {
    store("direct", SECRET);
    String name = KafkaFixture.uniqueName("direct");
    Map<String, String> config = base();
    config.put("identity.type", "basic");
    config.put("identity.username", "${millrace:direct:username}");
    config.put("identity.password", "${millrace:direct:password}");
    connect.put(name, config);
    connect.awaitRunning(name);

    assertThat(IdentityProbeConnector.SEEN.get(name)).isEqualTo(basic(SECRET));
    for (String path :
        List.of(
            "/connectors/" + name,
            "/connectors/" + name + "/config",
            "/connectors/" + name + "/status",
            "/connectors/" + name + "/tasks",
            "/connectors?expand=info&expand=status")) {
      assertThat(get(path)).as(path).contains(name).doesNotContain(SECRET);
    }
    assertThat(get("/connectors/" + name + "/config")).contains("${millrace:direct:password}");
    config.put("name", name);
    assertThat(validate(config)).contains("identity.password", "[hidden]").doesNotContain(SECRET);
    config.put("identity.in", "nowhere");
    assertThat(validate(config)).contains("must be one of header, query").doesNotContain(SECRET);
    connect.delete(name);
    assertNeverLogged(SECRET);
  }

  @Test
  void aFieldThatIsNotThereStopsTheConnectorAndIsNamed() throws Exception {
    store("other", SECRET);
    Map<String, String> config = base();
    config.put("name", "wrong");
    config.put("identity.token", "${millrace:other:token}");
    assertThat(validate(config)).contains("The identity other has no token").doesNotContain(SECRET);
    config.put("identity.token", "${millrace:nobody:token}");
    assertThat(validate(config)).contains("There is no identity nobody");
    assertNeverLogged(SECRET);
  }

  @Test
  void aChangedSecretIsSeenWithoutARestart() throws Exception {
    store("named", SECRET);
    String name = KafkaFixture.uniqueName("named");
    Map<String, String> config = base();
    config.put("identity.ref", "named");
    config.put("identity.refresh.ms", "100");
    config.put("identity.provider.param.file", file().toString());
    config.put("identity.provider.param.key.file", keyFile().toString());
    connect.put(name, config);
    eventually(name, basic(SECRET));
    store("named", ROTATED);
    eventually(name, basic(ROTATED));
    assertThat(get("/connectors?expand=info&expand=status")).doesNotContain(SECRET, ROTATED);
    connect.delete(name);
    assertNeverLogged(SECRET);
    assertNeverLogged(ROTATED);
  }

  private static void eventually(String name, Identity identity) {
    await("identity of " + name)
        .atMost(Duration.ofSeconds(60))
        .until(() -> identity.equals(IdentityProbeConnector.SEEN.get(name)));
  }

  private static Map<String, String> base() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", IdentityProbeConnector.class.getName());
    config.put("tasks.max", "1");
    config.put("topics", topic);
    return config;
  }

  private static Identity basic(String password) {
    return new Identity(new Basic("ann", new Password(password)), List.of());
  }

  private static void store(String id, String password) throws IOException {
    new IdentityStore(file(), StoreKey.find(Map.of(), keyFile()))
        .change(all -> all.put(id, new StoredIdentity(id, "ann", false, basic(password))));
  }

  private static Path file() {
    return folder.resolve("identities");
  }

  private static Path keyFile() {
    return folder.resolve("key");
  }

  private static String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(url(path)).GET());
  }

  private static String validate(Map<String, String> config) throws Exception {
    return send(
        HttpRequest.newBuilder(
                url("/connector-plugins/" + config.get("connector.class") + "/config/validate"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(new ObjectMapper().writeValueAsString(config))));
  }

  private static URI url(String path) {
    return URI.create(connect.url() + path);
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    return answer.body();
  }

  private static void assertNeverLogged(String secret) {
    assertThat(log.lines()).as("log").isNotEmpty();
    assertThat(log.lines().stream().filter(line -> line.contains(secret)).limit(3)).isEmpty();
  }
}
