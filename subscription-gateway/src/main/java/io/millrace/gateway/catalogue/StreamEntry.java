package io.millrace.gateway.catalogue;

import org.jspecify.annotations.Nullable;

/** A stream of events. */
public record StreamEntry(String name, @Nullable String description) {}
