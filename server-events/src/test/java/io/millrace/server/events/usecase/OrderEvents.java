package io.millrace.server.events.usecase;

import io.millrace.server.events.EventData;
import io.millrace.server.events.usecase.runtime.DataControllerRequest;
import io.millrace.server.events.usecase.runtime.DataControllerResponse;
import io.millrace.server.events.usecase.runtime.DataPostProcessor2;
import io.millrace.server.events.usecase.runtime.Result;

/** Raises an event for every order, whether it went through or not. */
public class OrderEvents implements DataPostProcessor2 {

  @Override
  public Object execute(
      Result result, DataControllerRequest request, DataControllerResponse response)
      throws Exception {
    boolean placed = response.getStatusCode() == 200;
    EventData eventData =
        new EventData(placed ? "apps/order/success" : "apps/order/fail", response.getResponse());
    String reference = placed ? "orderId" : "trackingId";
    eventData.addAdditionalMetadata(reference, result.getParamValueByName(reference));
    eventData.addAdditionalMetadata("userId", result.getParamValueByName("userId"));
    eventData.addAdditionalMetadata("product", result.getParamValueByName("product"));
    request.getServicesManager().getEventNotifier().notify(eventData);
    return result;
  }
}
