package io.millrace.server.events.usecase.runtime;

import java.util.Map;

/** What a service's answer says, by name. */
public record Result(Map<String, String> params) {

  public String getParamValueByName(String name) {
    return params.get(name);
  }
}
