package io.millrace.server.events.outbox;

import io.millrace.server.events.kafka.KafkaEventBus;
import io.millrace.server.events.kafka.ServerEventsConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** A relay in a process that is killed at a step, or ends when the outbox is empty. */
final class RelayProcess {

  static final int KILLED = 42;

  private RelayProcess() {}

  public static void main(String[] args) throws Exception {
    DataSource source = PostgresCluster.dataSource(args[0]);
    OutboxTable table = new OutboxTable(args[1]);
    KafkaEventBus bus =
        KafkaEventBus.open(
            new ServerEventsConfig(
                Map.of(
                    "bootstrap.servers",
                    args[2],
                    "topic.prefix",
                    args[3],
                    "application.id",
                    "relay",
                    "topics.create",
                    "true")));
    String last = args[4];
    OutboxRelay relay =
        new OutboxRelay(
            source,
            bus,
            table,
            Duration.ofMillis(20),
            50,
            step -> {
              if (step.name().equals(last)) {
                Runtime.getRuntime().halt(KILLED);
              }
            });
    relay.start();
    while (waiting(source, table) > 0) {
      Thread.sleep(20);
    }
    relay.close();
    bus.close();
  }

  private static int waiting(DataSource source, OutboxTable table) throws Exception {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table.name())) {
      result.next();
      return result.getInt(1);
    }
  }
}
