package io.millrace.server.events.usecase.runtime;

import io.millrace.server.events.ServicesManager;

/** The request to a service. */
public interface DataControllerRequest {
  ServicesManager getServicesManager();
}
