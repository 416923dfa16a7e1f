package io.millrace.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A gateway whose users have tokens: one of a server and two of devices. */
final class FoundryServer implements AutoCloseable {

  static final String SERVER = "server-token";
  static final String DEVICE = "device-token";
  static final String OTHER = "other-token";

  private final String prefix = KafkaFixture.uniqueName("foundrysocket");
  private final Map<String, String> settings;
  private RunningGateway gateway;

  FoundryServer(Path folder, Map<String, String> more) throws Exception {
    Path users = folder.resolve("users.yaml");
    String tokens =
        token("backend", SERVER, "admin")
            + token("ann", DEVICE, "user")
            + token("bob", OTHER, "user");
    Files.writeString(users, "tokens:\n" + tokens);
    settings = new HashMap<>(more);
    settings.put("auth.users.file", users.toString());
    settings.put("stream.bank.topics", "bank");
    settings.put("stream.foundry.topics", "transaction,shop");
    start();
  }

  private static String token(String user, String token, String role) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    return "  - {name: %s, roles: [%s], sha256: %s}%n"
        .formatted(user, role, HexFormat.of().formatHex(hash));
  }

  void start() throws Exception {
    gateway = new RunningGateway(KafkaFixture.shared().bootstrapServers(), prefix, settings);
  }

  /** One more gateway of the same cluster. */
  RunningGateway another() throws Exception {
    return new RunningGateway(KafkaFixture.shared().bootstrapServers(), prefix, settings);
  }

  /** What a gateway of the same cluster is started with. */
  Map<String, String> settings() {
    return RunningGateway.settings(KafkaFixture.shared().bootstrapServers(), prefix, settings);
  }

  RunningGateway gateway() {
    return gateway;
  }

  int port() {
    return gateway.gateway.port();
  }

  /** Raises an event over HTTP. */
  JsonNode raise(String topic, String data) throws IOException, InterruptedException {
    String body = "{\"events\":[{\"topic\":\"%s\",\"data\":\"%s\"}]}".formatted(topic, data);
    return RunningGateway.json(
        gateway.send(
            gateway
                .to("/services/ServerEvents")
                .header("X-VoltMX-Authorization", SERVER)
                .POST(BodyPublishers.ofString(body))));
  }

  void stop() {
    gateway.close();
  }

  @Override
  public void close() {
    stop();
  }
}
