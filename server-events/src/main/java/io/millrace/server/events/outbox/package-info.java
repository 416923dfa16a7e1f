/**
 * Events raised inside a database transaction: stored with it, and relayed when it has committed.
 */
@NullMarked
package io.millrace.server.events.outbox;

import org.jspecify.annotations.NullMarked;
