package io.millrace.gateway.control.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.gateway.control.connect.ConnectException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a Connect cluster over its REST API. Any worker will do, since workers pass requests on
 * to their leader: the one that answered last is asked first, the others when it does not. For use
 * by one thread.
 *
 * @see <a href="https://kafka.apache.org/documentation/#connect_rest">Kafka Connect REST API</a>
 */
public final class ConnectClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final TypeReference<Map<String, String>> CONFIG = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();
  // A worker that is starting or a proxy without one; 500 is Connect's answer about one connector.
  private static final Set<Integer> AWAY = Set.of(502, 503, 504);
  private static final int LONGEST_REASON = 300;

  private final HttpClient http;
  private final List<URI> workers;
  private final @Nullable String authorization;
  private final Duration timeout;

  /**
   * Contacts nobody yet.
   *
   * @param workers base URLs, at least one
   * @param authorization value of that header, or null
   * @param timeout for one answer of one worker
   */
  public ConnectClient(List<URI> workers, @Nullable String authorization, Duration timeout) {
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("at least one URL of Connect is needed");
    }
    this.workers = new ArrayList<>(workers);
    this.authorization = authorization;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** A connector's configuration as it was put, with its name; empty when there is none. */
  public Optional<Map<String, String>> config(String connector)
      throws ConnectException, InterruptedException {
    HttpResponse<byte[]> answer = send("GET", path(connector) + "/config", null);
    return answer.statusCode() == 404
        ? Optional.empty()
        : Optional.of(JSON.convertValue(tree(answer), CONFIG));
  }

  /** What a connector does now; empty when there is none, or none has started it yet. */
  public Optional<ConnectorStatus> status(String connector)
      throws ConnectException, InterruptedException {
    HttpResponse<byte[]> answer = send("GET", path(connector) + "/status", null);
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    JsonNode status = tree(answer);
    List<String> tasks = new ArrayList<>();
    status.path("tasks").forEach(task -> tasks.add(task.path("state").asText()));
    return Optional.of(new ConnectorStatus(status.path("connector").path("state").asText(), tasks));
  }

  /** Creates a connector, or gives it this configuration. */
  public void put(String connector, Map<String, String> config)
      throws ConnectException, InterruptedException {
    byte[] body;
    try {
      body = JSON.writeValueAsBytes(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts could not be written", e);
    }
    found(send("PUT", path(connector) + "/config", body));
  }

  /** Removes a connector; none is fine. */
  public void delete(String connector) throws ConnectException, InterruptedException {
    send("DELETE", path(connector), null);
  }

  /** Starts what failed of a connector again: itself and its tasks, and only those. */
  public void restartFailed(String connector) throws ConnectException, InterruptedException {
    String path = path(connector) + "/restart?includeTasks=true&onlyFailed=true";
    found(send("POST", path, new byte[0]));
  }

  private static String path(String connector) {
    return "/connectors/" + URLEncoder.encode(connector, StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> send(String method, String path, byte @Nullable [] body)
      throws ConnectException, InterruptedException {
    ConnectException last = new ConnectException(Kind.UNREACHABLE, "no worker is known");
    for (URI worker : List.copyOf(workers)) {
      try {
        HttpResponse<byte[]> answer =
            await(http.sendAsync(request(worker, method, path, body), BodyHandlers.ofByteArray()));
        if (!AWAY.contains(answer.statusCode())) {
          workers.remove(worker);
          workers.add(0, worker);
          return checked(answer);
        }
        last = new ConnectException(Kind.UNREACHABLE, worker + " answered " + reason(answer));
      } catch (IOException e) {
        last = new ConnectException(Kind.UNREACHABLE, worker + " does not answer: " + text(e), e);
      }
    }
    throw last;
  }

  /** The client's own time-out ends with the head of an answer; this one covers its body too. */
  private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      answer.cancel(true); // Closes the connection of one that is not done.
    }
  }

  private HttpRequest request(URI worker, String method, String path, byte @Nullable [] body) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(worker.toString().replaceAll("/+$", "") + path))
            .timeout(timeout)
            .header("Accept", "application/json")
            .method(method, publisher);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  /** Passes on what is done, and 404, which means different things to different callers. */
  private static HttpResponse<byte[]> checked(HttpResponse<byte[]> answer) throws ConnectException {
    int status = answer.statusCode();
    if (status == 409) {
      throw new ConnectException(Kind.REBALANCING, "Connect answered " + reason(answer));
    }
    if (status / 100 != 2 && status != 404) {
      throw new ConnectException(Kind.REFUSED, "Connect answered " + reason(answer));
    }
    return answer;
  }

  private static void found(HttpResponse<byte[]> answer) throws ConnectException {
    if (answer.statusCode() == 404) {
      // A worker that is starting, a connector that was deleted just now, or a proxy in front of a
      // worker that is not there.
      throw new ConnectException(
          Kind.REBALANCING, "Connect answered 404, as workers do while they start");
    }
  }

  private static JsonNode tree(HttpResponse<byte[]> answer) throws ConnectException {
    try {
      JsonNode tree = JSON.readTree(answer.body());
      if (tree.isObject()) {
        return tree;
      }
    } catch (IOException e) {
      throw new ConnectException(Kind.UNREACHABLE, "the answer is not Connect's", e);
    }
    throw new ConnectException(Kind.UNREACHABLE, "the answer is not Connect's");
  }

  private static String reason(HttpResponse<byte[]> answer) {
    String message = "";
    try {
      message = JSON.readTree(answer.body()).path("message").asText();
    } catch (IOException e) {
      // Not Connect's own error then: the status has to do.
    }
    String line = String.join(" ", message.lines().map(String::strip).toList());
    String cut = line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    return answer.statusCode() + (cut.isEmpty() ? "" : ": " + cut);
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
