package io.millrace.server.events.usecase.runtime;

/** Custom code that runs when a service has answered. */
public interface DataPostProcessor2 {
  Object execute(Result result, DataControllerRequest request, DataControllerResponse response)
      throws Exception;
}
