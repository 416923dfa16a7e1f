package io.millrace.server.events.servlet;

import io.millrace.server.events.EventData;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One half of a call, copied so that its event can be made when the container has reused the
 * request.
 *
 * @param status of a response; null for a request
 * @param queryString undecoded
 */
record Call(
    Operation operation,
    List<String> topics,
    Payload payload,
    Map<String, Object> headers,
    @Nullable String queryString,
    @Nullable Integer status) {

  private static final int OVERHEAD = 1_024;

  static Call request(
      Operation operation, CapturedRequest request, Payload payload, Set<String> allowed) {
    return new Call(
        operation,
        operation.requestTopics(),
        payload,
        headers(allowed, name -> Collections.list(headersOf(request, name))),
        request.getQueryString(),
        null);
  }

  static Call response(
      Operation operation,
      HttpServletRequest request,
      HttpServletResponse response,
      Payload payload,
      Set<String> allowed) {
    return new Call(
        operation,
        operation.responseTopics(),
        payload,
        headers(allowed, response::getHeaders),
        request.getQueryString(),
        response.getStatus());
  }

  /** About how many bytes it takes while it waits. */
  int weight() {
    return OVERHEAD + payload.size();
  }

  /** The event for one of the topics. */
  EventData event(String topic) {
    EventData event = new EventData(topic, payload.value());
    event.addAdditionalMetadata("serviceId", operation.serviceId());
    event.addAdditionalMetadata("operationId", operation.operationId());
    add(event, "objectId", operation.objectId());
    add(event, "version", operation.version());
    add(event, "status", status);
    event.addAdditionalMetadata("headers", headers);
    event.addAdditionalMetadata("queryParams", queryParams());
    add(event, "payloadOmitted", payload.omitted());
    return event;
  }

  private static void add(EventData event, String name, @Nullable Object value) {
    if (value != null) {
      event.addAdditionalMetadata(name, value);
    }
  }

  private interface Values {
    Collection<String> of(String name);
  }

  private static Enumeration<String> headersOf(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    return values == null ? Collections.emptyEnumeration() : values;
  }

  private static Map<String, Object> headers(Set<String> allowed, Values values) {
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String name : allowed) {
      List<String> all = List.copyOf(values.of(name));
      if (!all.isEmpty()) {
        headers.put(name, all.size() == 1 ? all.get(0) : all);
      }
    }
    return headers;
  }

  // Not the request's parameters: to tell them the container would read the body.
  private Map<String, Object> queryParams() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (queryString == null) {
      return params;
    }
    for (String pair : queryString.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty() && !AutoEventSettings.isCredential(name)) {
        params.merge(name, decoded(equals < 0 ? "" : pair.substring(equals + 1)), Call::both);
      }
    }
    return params;
  }

  private static Object both(Object first, Object second) {
    List<Object> all = new ArrayList<>(first instanceof List<?> list ? list : List.of(first));
    all.add(second);
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // As it came: a wrong escape is not for this filter to refuse.
    }
  }
}
