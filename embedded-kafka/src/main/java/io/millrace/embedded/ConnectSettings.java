package io.millrace.embedded;

import java.util.HashMap;
import java.util.Map;

/** Kafka Connect's settings for a distributed worker that is alone. */
final class ConnectSettings {

  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private ConnectSettings() {}

  static Map<String, String> of(ConnectOptions options, Endpoint listen) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", options.bootstrapServers());
    settings.put("group.id", options.group());
    settings.put("listeners", "http://" + listen);
    for (String topic : new String[] {"config", "offset", "status"}) {
      settings.put(topic + ".storage.topic", options.group() + "-" + topic + "s");
      settings.put(topic + ".storage.replication.factor", "1");
    }
    settings.put("offset.storage.partitions", "1");
    settings.put("status.storage.partitions", "1");
    settings.put("key.converter", BYTES);
    settings.put("value.converter", BYTES);
    settings.put("header.converter", BYTES);
    settings.put("plugin.path", options.pluginFolder().toString());
    // The other modes scan every class of every jar: 8 s and 2.5 GB.
    settings.put("plugin.discovery", "service_load");
    settings.put("offset.flush.interval.ms", "5000");
    // Nobody else could come back to take the tasks, so there is nothing to wait for.
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    // After SIGKILL the new worker, and each connector's consumers, wait for their former selves.
    for (String member : new String[] {"", "consumer."}) {
      settings.put(member + "session.timeout.ms", "3000");
      settings.put(member + "heartbeat.interval.ms", "750");
    }
    settings.putAll(options.settings());
    return settings;
  }
}
