/** Services bound to topics: called over HTTP with an event's payload as their request. */
@NullMarked
package io.millrace.server.events.service;

import org.jspecify.annotations.NullMarked;
