package io.millrace.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Answers health and metrics; an unready service answers 503 so that balancers leave it out. */
final class ManagementHandler extends Handler.Abstract.NonBlocking {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final HealthCheck check;

  ManagementHandler(PrometheusMeterRegistry registry, HealthCheck check) {
    this.registry = registry;
    this.check = check;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      response.getHeaders().put(new HttpField(HttpHeader.ALLOW, "GET, HEAD"));
      answer(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain", "");
      return true;
    }
    switch (Request.getPathInContext(request)) {
      case "/health/live" ->
          answer(response, callback, HttpStatus.OK_200, "application/json", "{\"status\":\"UP\"}");
      case "/health/ready" -> ready(response, callback);
      case "/metrics" ->
          answer(response, callback, HttpStatus.OK_200, PROMETHEUS_TEXT, registry.scrape());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void ready(Response response, Callback callback) {
    Health health = check.check();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", health.ready() ? "UP" : "DOWN");
    body.put("parts", health.parts());
    try {
      answer(
          response,
          callback,
          health.ready() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503,
          "application/json",
          JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts could not be written", e);
    }
  }

  private static void answer(
      Response response, Callback callback, int status, String type, String body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.write(true, BufferUtil.toBuffer(body, StandardCharsets.UTF_8), callback);
  }
}
