/**
 * Brings events to subscribers: who wants one, order per key, attempts with back-off, giving up.
 */
@NullMarked
package io.millrace.server.events.dispatch;

import org.jspecify.annotations.NullMarked;
