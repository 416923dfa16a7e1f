package io.millrace.standalone;

import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.ConnectOptions;
import io.millrace.embedded.Endpoint;
import java.util.HashMap;
import java.util.Map;

/** What each part is started with: what the user handed on, under what must be so. */
final class PartOptions {

  private static final String CONNECT_GROUP = "millrace-connect";

  private final StandaloneConfig config;

  PartOptions(StandaloneConfig config) {
    this.config = config;
  }

  BrokerOptions broker() {
    return BrokerOptions.in(config.data().resolve("kafka"))
        .withListen(config.ports().kafka())
        .withSettings(config.settings().broker());
  }

  ConnectOptions connect(Endpoint kafka, Endpoint connect) {
    ConfigProviders providers = new ConfigProviders(config.plugins(), config.identities());
    return ConnectOptions.of(kafka.toString(), config.plugins(), CONNECT_GROUP)
        .withListen(connect)
        .withSettings(providers.under(config.settings().connect()));
  }

  Map<String, String> router(Endpoint kafka) {
    Map<String, String> settings = new HashMap<>();
    // A static member takes back its own place after SIGKILL, and need not wait for it to be given
    // up.
    settings.put("kafka.main.consumer.group.instance.id", "standalone");
    settings.putAll(config.settings().router());
    settings.put("bootstrap.servers", kafka.toString());
    return settings;
  }

  Map<String, String> gateway(Endpoint kafka, Endpoint connect) {
    Map<String, String> settings = new HashMap<>();
    String file = config.identities().file().toString();
    String keyFile = config.identities().keyFile().toString();
    settings.put("identities.file", file);
    settings.put("identities.key.file", keyFile);
    settings.put("connectors.identity.provider.param.file", file);
    settings.put("connectors.identity.provider.param.key.file", keyFile);
    int port = config.ports().gateway().port();
    if (port > 0) {
      settings.put("mail.link", "http://localhost:" + port);
    }
    settings.put("graphiql.enabled", "true");
    settings.putAll(config.settings().gateway());
    settings.put("bootstrap.servers", kafka.toString());
    settings.put("http.bind", config.ports().gateway().host());
    settings.put("http.port", Integer.toString(port));
    settings.put("connect.urls", "http://" + connect);
    settings.put("system.emitters.dir", config.systemEmitters().toString());
    return settings;
  }
}
