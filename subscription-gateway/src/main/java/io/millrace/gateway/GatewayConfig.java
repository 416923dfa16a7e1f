package io.millrace.gateway;

import io.millrace.gateway.acronis.AcronisConfig;
import io.millrace.gateway.audit.AuditConfig;
import io.millrace.gateway.auth.AuthConfig;
import io.millrace.gateway.catalogue.CatalogueConfig;
import io.millrace.gateway.control.ControlConfig;
import io.millrace.gateway.des.DesConfig;
import io.millrace.gateway.foundry.kept.KeepConfig;
import io.millrace.gateway.foundry.socket.FoundrySocketConfig;
import io.millrace.gateway.graphiql.GraphiQlConfig;
import io.millrace.gateway.graphql.GraphQlConfig;
import io.millrace.gateway.graphql.socket.GraphQlSocketConfig;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.gateway.http.socket.SocketConfig;
import io.millrace.gateway.identities.IdentitiesConfig;
import io.millrace.gateway.ingest.IngestConfig;
import io.millrace.gateway.live.LiveConfig;
import io.millrace.gateway.mail.MailConfig;
import io.millrace.gateway.mmm.MmmConfig;
import io.millrace.gateway.publicapi.dryrun.DryRunConfig;
import io.millrace.gateway.publicapi.emitters.EmitterAdminConfig;
import io.millrace.gateway.security.SecurityConfig;
import io.millrace.gateway.subscription.SubscriptionConfig;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.UnknownKeys;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything the gateway can be told, read from properties once. */
public final class GatewayConfig extends AbstractConfig {

  /** What every key of a setting for Kafka's clients begins with. */
  public static final String KAFKA_PREFIX = "kafka.";

  /** The port of health and metrics when none is configured. */
  public static final int DEFAULT_MANAGEMENT_PORT = 8023;

  private static final Logger LOG = LoggerFactory.getLogger(GatewayConfig.class);
  private static final String KAFKA = "Kafka";
  private static final String MANAGEMENT = "Management";
  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final String PREFIX = "topic.prefix";
  private static final String START_TIMEOUT = "start.timeout.ms";
  private static final String MANAGEMENT_BIND = "management.bind";
  private static final String MANAGEMENT_PORT = "management.port";

  private final HttpConfig http;
  private final SocketConfig sockets;
  private final GraphQlSocketConfig graphQlSockets;
  private final AuthConfig auth;
  private final IngestConfig ingest;
  private final ControlConfig control;
  private final AuditConfig audit;
  private final MailConfig mail;
  private final IdentitiesConfig identities;
  private final SubscriptionConfig subscriptions;
  private final LiveConfig live;
  private final DesConfig des;
  private final FoundrySocketConfig foundrySockets;
  private final KeepConfig keep;
  private final CatalogueConfig catalogue;
  private final SecurityConfig security;
  private final AcronisConfig acronis;
  private final EmitterAdminConfig emitters;
  private final DryRunConfig dryRun;
  private final GraphQlConfig graphQl;
  private final MmmConfig mmm;
  private final GraphiQlConfig graphiQl;
  private final MillraceTopics topics;

  /**
   * Reads and checks all values, and logs names that are no keys.
   *
   * @throws ConfigException naming the key that is wrong, or the keys that do not go together
   */
  public GatewayConfig(Map<String, String> properties) {
    super(definition(), properties, false);
    UnknownKeys.warn(LOG, "the gateway", definition(), properties, GatewayConfig::isPassedOn);
    http = HttpConfig.from(this);
    sockets = SocketConfig.from(this);
    graphQlSockets = GraphQlSocketConfig.from(this);
    auth = AuthConfig.from(this);
    ingest = IngestConfig.from(this);
    control = new ControlConfig(this);
    audit = AuditConfig.from(this);
    mail = MailConfig.from(this);
    identities = IdentitiesConfig.from(this);
    subscriptions = SubscriptionConfig.from(this);
    live = LiveConfig.from(this);
    des = DesConfig.from(this);
    foundrySockets = FoundrySocketConfig.from(this);
    keep = KeepConfig.from(this);
    catalogue = CatalogueConfig.from(this);
    security = SecurityConfig.from(this);
    acronis = AcronisConfig.from(this);
    emitters = EmitterAdminConfig.from(this);
    dryRun = DryRunConfig.from(this);
    graphQl = GraphQlConfig.from(this);
    mmm = MmmConfig.from(this);
    checkStream();
    graphiQl = GraphiQlConfig.from(this);
    topics = topics(getString(PREFIX));
  }

  private static boolean isPassedOn(String key) {
    return key.startsWith(KAFKA_PREFIX) || IngestConfig.takes(key) || ControlConfig.takes(key);
  }

  private void checkStream() {
    String stream = mmm.stream();
    if (!ingest.claims().containsKey(stream)) {
      throw new ConfigException(
          MmmConfig.STREAM, stream, "is no stream: there is no stream." + stream + ".topics");
    }
  }

  /** All keys; one that begins with {@value #KAFKA_PREFIX} is for Kafka's clients. */
  public static ConfigDef definition() {
    ConfigDef def =
        new ConfigDef()
            .define(
                BOOTSTRAP,
                ConfigDef.Type.LIST,
                ConfigDef.NO_DEFAULT_VALUE,
                ConfigDef.ValidList.anyNonDuplicateValues(false, false),
                Importance.HIGH,
                "Kafka brokers to begin with, as host:port. A key that begins with kafka. goes,"
                    + " without that beginning, to every Kafka client (security settings).",
                KAFKA,
                1,
                Width.LONG,
                BOOTSTRAP)
            .define(
                PREFIX,
                ConfigDef.Type.STRING,
                MillraceTopics.DEFAULT_PREFIX,
                Importance.MEDIUM,
                "What the names of all Kafka topics begin with.",
                KAFKA,
                2,
                Width.MEDIUM,
                PREFIX)
            .define(
                START_TIMEOUT,
                ConfigDef.Type.INT,
                30_000,
                Range.atLeast(100),
                Importance.LOW,
                "Milliseconds that the gateway waits for Kafka when it starts.",
                KAFKA,
                3,
                Width.SHORT,
                START_TIMEOUT)
            .define(
                MANAGEMENT_BIND,
                ConfigDef.Type.STRING,
                "127.0.0.1",
                Importance.MEDIUM,
                "Address of health and metrics.",
                MANAGEMENT,
                1,
                Width.MEDIUM,
                MANAGEMENT_BIND)
            .define(
                MANAGEMENT_PORT,
                ConfigDef.Type.INT,
                DEFAULT_MANAGEMENT_PORT,
                Range.between(-1, 65535),
                Importance.MEDIUM,
                "Port of health and metrics; 0 takes any free one, -1 none.",
                MANAGEMENT,
                2,
                Width.SHORT,
                MANAGEMENT_PORT);
    ConfigDef served = GraphQlSocketConfig.define(SocketConfig.define(HttpConfig.define(def)));
    ConfigDef requests =
        AcronisConfig.define(
            SecurityConfig.define(
                CatalogueConfig.define(IngestConfig.define(AuthConfig.define(served)))));
    ConfigDef emitters =
        AuditConfig.define(
            MailConfig.define(IdentitiesConfig.define(ControlConfig.define(requests))));
    ConfigDef reads =
        DryRunConfig.define(EmitterAdminConfig.define(SubscriptionConfig.define(emitters)));
    DesConfig.define(LiveConfig.define(reads));
    KeepConfig.define(FoundrySocketConfig.define(reads));
    return MmmConfig.define(GraphiQlConfig.define(GraphQlConfig.define(reads)));
  }

  private static MillraceTopics topics(String prefix) {
    try {
      return new MillraceTopics(prefix);
    } catch (IllegalArgumentException e) {
      throw (ConfigException) new ConfigException(PREFIX, prefix, e.getMessage()).initCause(e);
    }
  }

  public HttpConfig http() {
    return http;
  }

  public SocketConfig sockets() {
    return sockets;
  }

  public GraphQlSocketConfig graphQlSockets() {
    return graphQlSockets;
  }

  public AuthConfig auth() {
    return auth;
  }

  public IngestConfig ingest() {
    return ingest;
  }

  public ControlConfig control() {
    return control;
  }

  public AuditConfig audit() {
    return audit;
  }

  public IdentitiesConfig identities() {
    return identities;
  }

  public MailConfig mail() {
    return mail;
  }

  public SubscriptionConfig subscriptions() {
    return subscriptions;
  }

  /** How the WebSocket of DES behaves. */
  public DesConfig des() {
    return des;
  }

  /** How Foundry's WebSocket is served. */
  public FoundrySocketConfig foundrySockets() {
    return foundrySockets;
  }

  /** What is kept for Foundry's clients. */
  public KeepConfig keep() {
    return keep;
  }

  /** How live sessions are served. */
  public LiveConfig live() {
    return live;
  }

  /** Where the catalogue is. */
  public CatalogueConfig catalogue() {
    return catalogue;
  }

  /** How long it counts what is known of users. */
  public SecurityConfig security() {
    return security;
  }

  /** How Acronis's Event Manager is served. */
  public AcronisConfig acronis() {
    return acronis;
  }

  /** What users may do with emitters. */
  public EmitterAdminConfig emitters() {
    return emitters;
  }

  /** How much a dry run may look at. */
  public DryRunConfig dryRun() {
    return dryRun;
  }

  /** What MMM's clients get. */
  public MmmConfig mmm() {
    return mmm;
  }

  /** How much a GraphQL operation may be. */
  public GraphQlConfig graphQl() {
    return graphQl;
  }

  /** Whether there is a page for GraphQL. */
  public GraphiQlConfig graphiQl() {
    return graphiQl;
  }

  /** Names of Kafka topics. */
  public MillraceTopics topics() {
    return topics;
  }

  /** Where health and metrics are served; a negative port means nowhere. */
  public String managementBind() {
    return getString(MANAGEMENT_BIND);
  }

  public int managementPort() {
    return getInt(MANAGEMENT_PORT);
  }

  int startTimeoutMillis() {
    return getInt(START_TIMEOUT);
  }

  /** Brokers, for messages. */
  String brokers() {
    return String.join(",", getList(BOOTSTRAP));
  }

  /** Settings that every Kafka client of the gateway gets. */
  public Map<String, Object> clients() {
    Map<String, Object> clients = new HashMap<>(originalsWithPrefix(KAFKA_PREFIX));
    clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, getList(BOOTSTRAP));
    return clients;
  }
}
