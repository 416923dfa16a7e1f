package io.millrace.server.events.usecase.runtime;

/** A service's answer. */
public record DataControllerResponse(int statusCode, String response) {

  public int getStatusCode() {
    return statusCode;
  }

  public String getResponse() {
    return response;
  }
}
