package io.millrace.gateway.ingest;

import io.cloudevents.CloudEvent;

/** An event and the name of the stream that takes it. */
public record StreamEvent(String stream, CloudEvent event) {}
