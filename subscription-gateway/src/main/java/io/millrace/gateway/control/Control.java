package io.millrace.gateway.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.control.connect.ConnectClient;
import io.millrace.gateway.control.folder.FolderContent;
import io.millrace.gateway.control.folder.SystemEmitterFolder;
import io.millrace.management.Health;
import io.millrace.model.kafka.DefinitionFollower;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control loop of the emitters, as a Kubernetes controller would do it: it knows what is wanted
 * (definitions, some of them from the folder of system emitters), looks at what is there (Kafka
 * topics, Connect's connectors), and makes them agree, again and again. Two gateways may run it at
 * once: each step can be done twice.
 */
public final class Control implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Control.class);
  private static final Duration RESCAN = Duration.ofSeconds(2);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  private static final int ADMIN_TIMEOUT_MS = 10_000;

  private final Admin admin;
  private final DefinitionWriter writer;
  private final DefinitionView definitions;
  private final DefinitionFollower follower;
  private final DefinitionStore store;
  private final @Nullable SystemEmitterFolder folder;
  private final @Nullable Connectors connectors;
  private final SystemEmitters systemEmitters;
  private final ControlLoop loop;

  private Control(
      ControlConfig config,
      Map<String, ?> clientConfig,
      MillraceTopics topics,
      MeterRegistry meters)
      throws IOException {
    Wake wake = new Wake();
    folder = openFolder(config, wake);
    Map<String, Object> adminConfig = new HashMap<>(clientConfig);
    adminConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
    adminConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
    admin = Admin.create(adminConfig);
    TopicProvisioner provisioner = new TopicProvisioner(admin);
    writer = new DefinitionWriter(clientConfig, provisioner, topics, config.emitterPartitions());
    definitions = new DefinitionView(wake::call);
    follower = new DefinitionFollower(clientConfig, topics, definitions);
    store = new DefinitionStore(definitions, writer, follower);
    connectors =
        connectors(
            config, new ConnectorSettings(config, topics, bootstrapServers(clientConfig)), meters);
    systemEmitters = new SystemEmitters(System::nanoTime, RESCAN.multipliedBy(2));
    DefinitionLog log = new DefinitionLog(admin, provisioner, follower, topics);
    if (!config.shownSecrets().isEmpty() && connectors != null) {
      LOG.warn(
          "Kafka Connect's REST API shows these to whoever may ask it; give references that its"
              + " workers resolve instead: {}",
          config.shownSecrets());
    }
    loop =
        new ControlLoop(
            wake,
            log,
            definitions,
            new SystemEmitterSync(folder, systemEmitters, writer, definitions),
            new TopicSync(
                admin,
                log,
                writer,
                definitions,
                new EmitterTopics(topics, config.topicDeleteDelay(), System::nanoTime),
                EmitterTopics.ofAuditLogs(topics, config.auditDeleteDelay(), System::nanoTime),
                new AuditRetention(
                    admin,
                    () -> AuditRetention.consumer(clientConfig),
                    topics,
                    config.auditRetention().orElse(null),
                    Clock.systemUTC()),
                Counter.builder("millrace.control.topics.deleted")
                    .description("Kafka topics of removed emitters that were deleted")
                    .register(meters)),
            connectors,
            config.interval());
    Gauge.builder("millrace.control.emitters", definitions, view -> view.all().size())
        .description("Emitter definitions that stand in Kafka")
        .register(meters);
    Gauge.builder("millrace.control.files.broken", this, Control::brokenFiles)
        .description("Files of system emitters that cannot be used")
        .register(meters);
  }

  /**
   * Starts the control loop; it waits by itself for Kafka and for Connect.
   *
   * @param clientConfig how to reach Kafka, the same for all clients; not changed
   * @throws ConfigException if the folder of system emitters can neither be found nor created
   */
  public static Control start(
      ControlConfig config,
      Map<String, ?> clientConfig,
      MillraceTopics topics,
      MeterRegistry meters) {
    try {
      Control control = new Control(config, clientConfig, topics, meters);
      control.loop.start();
      return control;
    } catch (IOException e) {
      throw new ConfigException(
          ControlConfig.SYSTEM_EMITTERS_DIR, config.systemEmittersDir().orElse(null), "" + e);
    }
  }

  /** The definitions, for those who administer them. */
  public DefinitionStore definitions() {
    return store;
  }

  /**
   * Ready when all was compared once. Trouble with Connect or with a file makes it not less so,
   * since events are still taken in; the parts tell it.
   */
  public Health health() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "emitter definitions",
        loop.trouble()
            .orElseGet(() -> loop.isReady() ? "" + definitions.all().size() : "being read"));
    folderHealth(parts);
    if (connectors == null) {
      parts.put("connect", "not configured, no connectors are made");
    } else {
      parts.putAll(connectors.states());
    }
    return new Health(loop.isReady(), parts);
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
    loop.close();
    follower.close();
    writer.close();
    admin.close(Duration.ofSeconds(2));
  }

  private void folderHealth(Map<String, String> parts) {
    if (folder == null) {
      return;
    }
    Optional<FolderContent> content = folder.content();
    parts.put(
        "system emitters",
        folder
            .trouble()
            .or(() -> content.map(known -> known.emitters().size() + " files in order"))
            .orElse("being read"));
    content.ifPresent(
        known ->
            known
                .broken()
                .forEach((file, reason) -> parts.put("system emitter file " + file, reason)));
    systemEmitters
        .conflicts()
        .forEach((id, reason) -> parts.put("system emitter file " + id + ".json", reason));
  }

  private double brokenFiles() {
    int broken =
        folder == null ? 0 : folder.content().map(content -> content.broken().size()).orElse(0);
    return broken + systemEmitters.conflicts().size();
  }

  private static @Nullable SystemEmitterFolder openFolder(ControlConfig config, Wake wake)
      throws IOException {
    Optional<Path> path = config.systemEmittersDir();
    return path.isEmpty()
        ? null
        : SystemEmitterFolder.start(path.get(), RESCAN, System::nanoTime, wake::call);
  }

  private static @Nullable Connectors connectors(
      ControlConfig config, ConnectorSettings settings, MeterRegistry meters) {
    if (config.connectUrls().isEmpty()) {
      LOG.info(
          "No {} are given: emitters are defined, and no connectors are made",
          ControlConfig.CONNECT_URLS);
      return null;
    }
    Counter restarts =
        Counter.builder("millrace.control.connector.restarts")
            .description("Restarts of connectors that had failed")
            .register(meters);
    var client =
        new ConnectClient(config.connectUrls(), config.connectAuthorization(), CONNECT_TIMEOUT);
    return new Connectors(client, settings, System::nanoTime, restarts::increment);
  }

  private static String bootstrapServers(Map<String, ?> clientConfig) {
    Object servers = clientConfig.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    return servers instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(servers);
  }
}
