package io.millrace.model.emitter;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a Webhook emitter is told. Source: Trisotech DES, Webhook emitter.
 *
 * @param url where each event is posted: http or https, with a host
 * @param mode of the payload, binary by default
 * @param prettyPrint whether JSON is laid out for people
 */
public record WebhookParameters(
    URI url, PayloadMode mode, boolean prettyPrint, EventOverrides overrides)
    implements EmitterParameters {

  static WebhookParameters read(ParameterReader reader) throws InvalidDefinitionException {
    reader.requiredText("url");
    URI url = reader.uri("url", WebhookParameters::isHttp, "an http or https URL with a host");
    WebhookParameters parameters =
        new WebhookParameters(
            url == null ? URI.create("http://invalid") : url,
            reader.choice("mode", PayloadMode.class, PayloadMode.BINARY),
            reader.flag("prettyPrint"),
            EventOverrides.read(reader));
    reader.finish();
    return parameters;
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
    return map;
  }
}
