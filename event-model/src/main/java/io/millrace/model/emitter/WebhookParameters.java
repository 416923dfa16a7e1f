package io.millrace.model.emitter;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a Webhook emitter is told. Sources: Trisotech DES, Webhook emitter ({@code url}, {@code
 * mode}, {@code prettyPrint}, {@code source}, {@code subject}); the others are Millrace's own.
 *
 * @param url where events are posted: http or https, with a host
 * @param mode of the requests, binary by default
 * @param prettyPrint whether JSON is laid out for people
 * @param headers sent with each request
 * @param batch how many events a request has, in batch mode
 * @param pace how patient and how fast
 */
public record WebhookParameters(
    URI url,
    Mode mode,
    boolean prettyPrint,
    EventOverrides overrides,
    Map<String, String> headers,
    Batch batch,
    Pace pace)
    implements EmitterParameters {

  private static final String HEADERS = "headers";
  private static final int MOST_HEADERS = 64;
  private static final int HOUR_MS = 3_600_000;

  /** How events are laid out. Source: CloudEvents HTTP protocol binding 1.0. */
  public enum Mode {
    /** One event: attributes as headers, data as body. */
    BINARY,
    /** One event: attributes and data in one JSON document. */
    STRUCTURED,
    /** Several events as an array of such documents. */
    BATCH
  }

  /**
   * In batch mode.
   *
   * @param size most events of a request
   * @param delay longest wait of an event for others
   */
  public record Batch(int size, Duration delay) {

    public static final Batch DEFAULT = new Batch(100, Duration.ofMillis(100));

    private static Batch read(ParameterReader reader) {
      int delay = (int) DEFAULT.delay.toMillis();
      return new Batch(
          reader.number("batchSize", 1, 10_000, DEFAULT.size),
          Duration.ofMillis(reader.number("batchDelay", 0, 60_000, delay)));
    }
  }

  /**
   * Limits beside the connector's own.
   *
   * @param timeout from sending a request to the end of its response; absent for the connector's
   * @param maxInFlight most requests under way at once; absent for the connector's
   * @param rateLimit most requests a second; absent for no limit
   */
  public record Pace(
      @Nullable Duration timeout, @Nullable Integer maxInFlight, @Nullable Integer rateLimit) {

    public static final Pace DEFAULT = new Pace(null, null, null);

    private static Pace read(ParameterReader reader) {
      Integer timeout = reader.number("timeout", 1, HOUR_MS);
      return new Pace(
          timeout == null ? null : Duration.ofMillis(timeout),
          reader.number("maxInFlight", 1, 10_000),
          reader.number("rateLimit", 1, 1_000_000));
    }

    private void write(Map<String, Object> map) {
      if (timeout != null) {
        map.put("timeout", timeout.toMillis());
      }
      if (maxInFlight != null) {
        map.put("maxInFlight", maxInFlight);
      }
      if (rateLimit != null) {
        map.put("rateLimit", rateLimit);
      }
    }
  }

  public WebhookParameters {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = Collections.unmodifiableMap(sorted);
  }

  static WebhookParameters read(ParameterReader reader) throws InvalidDefinitionException {
    reader.requiredText("url");
    URI url = reader.uri("url", WebhookParameters::isHttp, "an http or https URL with a host");
    WebhookParameters parameters =
        new WebhookParameters(
            url == null ? URI.create("http://invalid") : url,
            reader.choice("mode", Mode.class, Mode.BINARY),
            reader.flag("prettyPrint"),
            EventOverrides.read(reader),
            headers(reader),
            Batch.read(reader),
            Pace.read(reader));
    reader.finish();
    return parameters;
  }

  private static Map<String, String> headers(ParameterReader reader) {
    Map<String, String> headers = reader.texts(HEADERS);
    if (headers.size() > MOST_HEADERS) {
      reader.problem(HEADERS, "must not be more than " + MOST_HEADERS);
    }
    headers.forEach(
        (name, value) -> {
          if (!FreeHeader.isName(name)) {
            reader.problem(HEADERS + "." + name, FreeHeader.NAME_RULE);
          } else if (!FreeHeader.isValue(value)) {
            reader.problem(HEADERS + "." + name, FreeHeader.VALUE_RULE);
          }
        });
    return headers;
  }

  private static boolean isHttp(URI url) {
    return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
        && url.getHost() != null
        && url.getUserInfo() == null;
  }

  @Override
  public EmitterType type() {
    return EmitterType.WEBHOOK;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("url", url.toString());
    map.put("mode", mode.name().toLowerCase(Locale.ROOT));
    map.put("prettyPrint", prettyPrint);
    overrides.write(map);
    if (!headers.isEmpty()) {
      map.put(HEADERS, headers);
    }
    if (!batch.equals(Batch.DEFAULT)) {
      map.put("batchSize", batch.size());
      map.put("batchDelay", batch.delay().toMillis());
    }
    pace.write(map);
    return map;
  }
}
