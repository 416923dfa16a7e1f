package io.millrace.gateway.acronis.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.subscription.SubscriptionDefinition;

/** What an event of a subscription is in this dialect. Called by several threads. */
@FunctionalInterface
public interface EventShape {

  JsonNode shape(Exchange exchange, SubscriptionDefinition definition, StreamedEvent event);
}
