package io.millrace.gateway.acronis.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.subscription.StreamedEvent;
import io.millrace.model.subscription.SubscriptionDefinition;

/** What an event of a subscription is in Acronis's API. Called on several threads. */
@FunctionalInterface
public interface EventJson {

  JsonNode json(Exchange exchange, SubscriptionDefinition definition, StreamedEvent event);
}
