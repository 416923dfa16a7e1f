package io.millrace.source.foundry;

import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.millrace.model.foundry.ServerEvents;
import io.millrace.source.config.Choice;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.KeyGroup;
import io.millrace.source.config.Problems;
import io.millrace.source.push.PushConfig;
import io.millrace.source.push.SocketUri;
import io.millrace.source.push.TopicPaths;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What a Foundry source is configured with. */
final class FoundryConfig extends AbstractConfig {

  static final String URL = "url";
  static final String TOPICS = "topic.paths";
  static final String TOKEN_HEADER = "token.header";
  static final String CLIENT_UUID = "client.uuid";
  static final String SHAPE = "message.shape";
  static final String VISIBILITY = "topic.visibility";
  static final String PARTIAL = "subscribe.partial";
  static final String TYPE = "event.type";

  private static final String FAIL = "fail";

  private static final ConfigDef OWN =
      new KeyGroup("Foundry")
          .required(
              URL,
              STRING,
              LambdaValidator.with(SocketUri::validate, () -> ""),
              "WebSocket of the server events, such as"
                  + " wss://foundry.example.com/services/ServerEvents/Stream; http and https are"
                  + " taken for ws and wss.")
          .required(
              TOPICS,
              LIST,
              LambdaValidator.with(TopicPaths::validate, () -> ""),
              "Topics such as transaction/deposit; each takes in those below it. Foundry lets clients"
                  + " subscribe only to topics that are marked client-only.")
          .optional(
              TOKEN_HEADER,
              STRING,
              "X-VoltMX-Authorization",
              LambdaValidator.with(FoundryConfig::header, () -> ""),
              "Header of the handshake that has the identity's token; X-Kony-Authorization for older"
                  + " servers.")
          .optional(
              CLIENT_UUID,
              STRING,
              null,
              LambdaValidator.with(FoundryConfig::uuid, () -> ""),
              "The client's id to the server, the same after each reconnect; without it, one made of"
                  + " the connector's name.")
          .optional(
              SHAPE,
              STRING,
              "sdk",
              Choice.of(MessageShape.class),
              "How the source subscribes: sdk as the vendor's client SDK does, which says who"
                  + " subscribes; document as its document shows.")
          .optional(
              VISIBILITY,
              STRING,
              "private",
              new Choice(List.of("private", "public")),
              "With the shape sdk, under which name the topics stand.")
          .optional(
              PARTIAL,
              STRING,
              FAIL,
              new Choice(List.of(FAIL, "continue")),
              "What happens when the server refuses some of the topics: fail fails the task; continue"
                  + " logs them and goes on with the others.")
          .optional(
              TYPE,
              STRING,
              ServerEvents.DEFAULT_TYPE,
              new ConfigDef.NonEmptyString(),
              "CloudEvents type of the events, which have none of their own.")
          .def();

  static final ConfigDef DEF = all();

  private final String connector;

  FoundryConfig(Map<String, String> props) {
    super(DEF, props, false);
    this.connector = props.getOrDefault("name", "");
  }

  URI url() {
    return SocketUri.parse(getString(URL));
  }

  /** As configured: servers may tell {@code /a} and {@code a} apart. */
  List<String> topicPaths() {
    return getList(TOPICS);
  }

  String tokenHeader() {
    return getString(TOKEN_HEADER);
  }

  String clientUuid() {
    String given = getString(CLIENT_UUID);
    return given != null
        ? given
        : UUID.nameUUIDFromBytes(("millrace " + connector).getBytes(StandardCharsets.UTF_8))
            .toString();
  }

  MessageShape shape() {
    return Choice.read(MessageShape.class, getString(SHAPE));
  }

  String visibility() {
    return getString(VISIBILITY).toLowerCase(Locale.ROOT);
  }

  boolean failsWhenPartial() {
    return getString(PARTIAL).equalsIgnoreCase(FAIL);
  }

  String eventType() {
    return getString(TYPE);
  }

  /** What is wrong beyond single values. */
  static void check(Map<String, String> props, Problems problems) {
    if (IdentityConfig.read(props) == null) {
      problems.add(
          IdentityConfig.TYPE, "is missing: Foundry wants a token, so give bearer or oauth2");
    }
  }

  private static void header(String key, @Nullable Object value) {
    if (value != null && !value.toString().matches("[A-Za-z0-9-]+")) {
      throw new ConfigException(key, value, "must be the name of a header");
    }
  }

  private static void uuid(String key, @Nullable Object value) {
    if (value == null) {
      return;
    }
    try {
      UUID unused = UUID.fromString(value.toString());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, "must be a UUID");
    }
  }

  private static ConfigDef all() {
    ConfigDef all = new ConfigDef(OWN);
    IdentityConfig.def("bearer", "oauth2").configKeys().values().forEach(all::define);
    PushConfig.DEF.configKeys().values().forEach(all::define);
    return all;
  }
}
