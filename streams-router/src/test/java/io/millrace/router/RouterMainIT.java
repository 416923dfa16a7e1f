package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterMainIT {

  private static final Pattern PORT = Pattern.compile("metrics on port (\\d+)");

  @TempDir Path folder;

  @Test
  void servesHealthAndMetricsUntilSigterm() throws Exception {
    Path settings = folder.resolve("router.properties");
    Files.writeString(
        settings,
        "bootstrap.servers=%s%ntopic.prefix=%s%nmanagement.port=0%n"
            .formatted(KafkaFixture.shared().bootstrapServers(), KafkaFixture.uniqueName("main")));
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RouterMain.class.getName(),
                "--config",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> PORT.matcher(Files.readString(out)).find() || !process.isAlive());
      Matcher port = PORT.matcher(Files.readString(out));
      assertThat(port.find()).as(Files.readString(out)).isTrue();
      String url = "http://127.0.0.1:" + port.group(1);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(get(url + "/health/ready")).contains("RUNNING"));
      assertThat(get(url + "/metrics"))
          .contains("millrace_router_events_read_total", "millrace_router_emitters ");
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(out)).doesNotContain("ERROR", "Exception");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
