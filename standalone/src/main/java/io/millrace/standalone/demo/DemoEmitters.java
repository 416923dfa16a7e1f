package io.millrace.standalone.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sample emitters, written as a person would into the system-emitters folder. */
final class DemoEmitters {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DemoEmitters() {}

  /**
   * Writes the samples. The webhook is written anew at each start, since its receiver's port
   * changes; of the others, a file that is there already is the user's and is left alone.
   *
   * @param logs where the daily file goes
   * @param receiver the port of the sample webhook
   */
  static void write(Path folder, Path logs, int receiver) throws IOException {
    Files.createDirectories(folder);
    writeNew(folder.resolve("demo-console.json"), console());
    writeNew(folder.resolve("demo-everything.json"), everything(logs));
    Files.writeString(folder.resolve("demo-large-payments.json"), json(largePayments(receiver)));
  }

  private static Map<String, Object> console() {
    return definition(
        "Console",
        Map.of("topics", List.of(List.of("service", "production"), List.of("mmm"))),
        Map.of("output", "out"));
  }

  private static Map<String, Object> everything(Path logs) {
    return definition(
        "File",
        Map.of(),
        Map.of("path", logs.resolve("everything.log").toString(), "rolling", true));
  }

  private static Map<String, Object> largePayments(int receiver) {
    return definition(
        "Webhook",
        Map.of("topics", List.of(List.of("transaction")), "filter", "amount > 1000"),
        Map.of("url", "http://127.0.0.1:" + receiver + "/payments"));
  }

  private static Map<String, Object> definition(
      String type, Map<String, Object> filter, Map<String, Object> parameters) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("type", type);
    definition.putAll(filter);
    definition.put("parameters", parameters);
    return definition;
  }

  private static void writeNew(Path file, Map<String, Object> definition) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, json(definition), StandardCharsets.UTF_8);
    }
  }

  private static String json(Map<String, Object> definition) {
    try {
      return JSON.writeValueAsString(definition) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map could not be written", e);
    }
  }
}
