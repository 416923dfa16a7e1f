package io.millrace.source.acronis;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.source.http.Calls;
import io.millrace.source.http.CredentialsRefusedException;
import io.millrace.source.http.LaterException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The requests of Acronis's API. Each throws {@link IOException} for what passes, and {@link
 * ConnectException} for what needs a person.
 */
final class EventManager {

  static final int OK = 200;
  static final int ACCEPTED = 202;
  static final int NOT_FOUND = 404;
  static final int TOO_MANY = 429;

  // Numbers stay as they were written.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int MAX_WORDS = 300;

  private final Calls calls;
  private final URI base;

  EventManager(Calls calls, URI base) {
    this.calls = calls;
    this.base = base;
  }

  /**
   * The offset to begin a topic with.
   *
   * @param timestamp for {@link StartPosition#TIMESTAMP}
   */
  long topicOffset(String topic, StartPosition position, @Nullable String timestamp)
      throws IOException, InterruptedException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("topic_id", topic);
    query.put("position", position.name());
    if (timestamp != null) {
      query.put("timestamp", timestamp);
    }
    HttpResponse<byte[]> answer = get("/topics/" + encoded(topic) + "/offsets", query);
    if (answer.statusCode() == NOT_FOUND) {
      // As Acronis's own documents call it, and as its OpenAPI description does.
      answer = get("/topics/offsets", query);
    }
    return offset(expect(answer, OK, "the offset of topic " + topic));
  }

  long storedOffset(String subscription) throws IOException, InterruptedException {
    return offset(
        expect(stored(subscription), OK, "the stored offset of subscription " + subscription));
  }

  /** Whether it exists and may be read, as an answer of any status. */
  HttpResponse<byte[]> stored(String subscription) throws IOException, InterruptedException {
    return get("/subscriptions/offset", Map.of("subscription_id", subscription));
  }

  void store(String subscription, long offset) throws IOException, InterruptedException {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("subscription_id", subscription)
            .put("offset", offset);
    expect(post("/subscriptions/offset", body), OK, "storing the offset of " + subscription);
  }

  /**
   * Creates a subscription.
   *
   * @return false if it exists already
   */
  boolean subscribe(JsonNode body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = post("/subscriptions", body);
    if (answer.statusCode() == CONFLICT) {
      return false;
    }
    expect(answer, answer.statusCode() == OK ? OK : CREATED, "creating the subscription");
    return true;
  }

  /** A poll's answer of any status; {@link #read} and {@link #failure} tell what it means. */
  HttpResponse<byte[]> events(
      String subscription, String consumer, long offset, Duration timeout, int limit)
      throws IOException, InterruptedException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("subscription_id", subscription);
    query.put("consumer_id", consumer);
    query.put("offset", Long.toString(offset));
    query.put("timeout", timeout.toString());
    query.put("limit", Integer.toString(limit));
    return calls.send(request(uri("/events", query)), timeout);
  }

  /** What a URL of the same host has, as an answer of any status. */
  HttpResponse<byte[]> data(URI url) throws IOException, InterruptedException {
    return calls.send(request(url));
  }

  @Nullable Duration retryAfter(HttpResponse<?> answer) {
    return calls.retryAfter(answer);
  }

  /** Whether a URL leads to where the credentials belong. */
  boolean isOurs(URI url) {
    return base.getScheme().equalsIgnoreCase(url.getScheme())
        && base.getHost().equalsIgnoreCase(url.getHost())
        && base.getPort() == url.getPort()
        && url.getUserInfo() == null;
  }

  /** Reads a body. */
  static JsonNode read(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IOException("the Event Manager's answer is no JSON", e);
    }
  }

  /**
   * What an answer that is not as it should be means: thrown, or handed back to be thrown.
   *
   * @throws ConnectException if it needs a person
   */
  IOException failure(HttpResponse<byte[]> answer, String what) {
    int status = answer.statusCode();
    String told = "%s: the Event Manager answered %d%s".formatted(what, status, words(answer));
    if (status == 408 || status == 425 || status == TOO_MANY || status >= 500) {
      return new LaterException(told, retryAfter(answer));
    }
    throw status == 401 || status == 403
        ? CredentialsRefusedException.after(told)
        : new ConnectException(told);
  }

  private JsonNode expect(HttpResponse<byte[]> answer, int status, String what) throws IOException {
    if (answer.statusCode() != status) {
      throw failure(answer, what);
    }
    return read(answer.body());
  }

  private static long offset(JsonNode answer) throws IOException {
    JsonNode offset = answer.path("offset");
    if (!offset.isIntegralNumber() || !offset.canConvertToLong() || offset.longValue() < 0) {
      throw new IOException("the Event Manager told no offset");
    }
    return offset.longValue();
  }

  private HttpResponse<byte[]> get(String path, Map<String, String> query)
      throws IOException, InterruptedException {
    return calls.send(request(uri(path, query)));
  }

  private HttpResponse<byte[]> post(String path, JsonNode body)
      throws IOException, InterruptedException {
    return calls.send(
        request(uri(path, Map.of()))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("Accept", "application/json");
  }

  private URI uri(String path, Map<String, String> query) {
    StringBuilder uri = new StringBuilder(base + path);
    char separator = '?';
    for (Map.Entry<String, String> each : query.entrySet()) {
      uri.append(separator).append(each.getKey()).append('=').append(encoded(each.getValue()));
      separator = '&';
    }
    return URI.create(uri.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The error's code and message, which are for people. */
  private static String words(HttpResponse<byte[]> answer) {
    try {
      JsonNode error = read(answer.body()).path("error");
      String words =
          (error.path("code").asText("") + " " + error.path("message").asText(""))
              .replaceAll("\\p{Cntrl}", " ")
              .strip();
      return words.isEmpty()
          ? ""
          : " (" + words.substring(0, Math.min(MAX_WORDS, words.length())) + ")";
    } catch (IOException e) {
      return "";
    }
  }
}
