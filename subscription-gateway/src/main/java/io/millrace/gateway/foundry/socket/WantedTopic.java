package io.millrace.gateway.foundry.socket;

import org.jspecify.annotations.Nullable;

/**
 * A topic as a client names it; whether it is one at all is not known yet.
 *
 * @param kind null if the client does not say
 */
record WantedTopic(String written, @Nullable Kind kind) {}
