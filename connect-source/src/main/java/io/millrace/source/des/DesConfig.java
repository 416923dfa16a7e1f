package io.millrace.source.des;

import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.millrace.model.event.TopicPath;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.KeyGroup;
import io.millrace.source.push.PushConfig;
import io.millrace.source.push.SocketUri;
import io.millrace.source.push.TopicPaths;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;

/** What a DES source is configured with. */
final class DesConfig extends AbstractConfig {

  static final String URL = "url";
  static final String TOPICS = "topic.paths";
  static final String CLIENT_ID = "client.id";
  static final String CLIENT_NAME = "client.name";
  static final String CLIENT_VERSION = "client.version";

  private static final ConfigDef OWN =
      new KeyGroup("DES")
          .required(
              URL,
              STRING,
              LambdaValidator.with(SocketUri::validate, () -> ""),
              "WebSocket of the events, such as wss://example.trisotech.com/events; http and https are"
                  + " taken for ws and wss.")
          .required(
              TOPICS,
              LIST,
              LambdaValidator.with(TopicPaths::validate, () -> ""),
              "Topics such as service/production; each takes in those below it.")
          .optional(
              CLIENT_ID,
              STRING,
              null,
              new ConfigDef.NonEmptyString(),
              "The client's id to the server, the same after each reconnect; without it, the"
                  + " connector's name.")
          .optional(
              CLIENT_NAME,
              STRING,
              "Millrace",
              new ConfigDef.NonEmptyString(),
              "The product that the server is told to be connected to it.")
          .optional(
              CLIENT_VERSION,
              STRING,
              null,
              new ConfigDef.NonEmptyString(),
              "The product's version; without it, this plug-in's.")
          .def();

  static final ConfigDef DEF = all();

  private final String connector;

  DesConfig(Map<String, String> props) {
    super(DEF, props, false);
    this.connector = props.getOrDefault("name", "");
  }

  URI url() {
    return SocketUri.parse(getString(URL));
  }

  List<TopicPath> topicPaths() {
    return getList(TOPICS).stream().map(TopicPath::parse).toList();
  }

  String clientId() {
    String given = getString(CLIENT_ID);
    return given == null ? connector : given;
  }

  String clientName() {
    return getString(CLIENT_NAME);
  }

  String clientVersion() {
    String given = getString(CLIENT_VERSION);
    String own = DesConfig.class.getPackage().getImplementationVersion();
    return given != null ? given : own != null ? own : "development";
  }

  private static ConfigDef all() {
    ConfigDef all = new ConfigDef(OWN);
    IdentityConfig.def("basic", "bearer", "oauth2").configKeys().values().forEach(all::define);
    PushConfig.DEF.configKeys().values().forEach(all::define);
    return all;
  }
}
