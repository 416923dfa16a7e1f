package io.millrace.standalone.demo;

import java.util.Map;

/**
 * An HTTP request that publishes one event.
 *
 * @param path on the gateway
 * @param headers beside the credentials
 */
record DemoEvent(String path, Map<String, String> headers, String body) {

  DemoEvent {
    headers = Map.copyOf(headers);
  }
}
