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
    return ConnectOptions.of(kafka.toString(), config.plugins(), CONNECT_GROUP)
        .withListen(connect)
        .withSettings(config.settings().connect());
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
    Map<String, String> settings = new HashMap<>(config.settings().gateway());
    settings.put("bootstrap.servers", kafka.toString());
    settings.put("http.bind", config.ports().gateway().host());
    settings.put("http.port", Integer.toString(config.ports().gateway().port()));
    settings.put("connect.urls", "http://" + connect);
    settings.put("system.emitters.dir", config.systemEmitters().toString());
    return settings;
  }
}
