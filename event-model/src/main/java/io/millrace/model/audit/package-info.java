/**
 * Audit logs: entries that form a hash chain, how they are kept in Kafka, and whether they hold.
 */
@NullMarked
package io.millrace.model.audit;

import org.jspecify.annotations.NullMarked;
