/** Acronis's {@code GET /events}: long polls of subscriptions. */
@NullMarked
package io.millrace.gateway.acronis.events;

import org.jspecify.annotations.NullMarked;
