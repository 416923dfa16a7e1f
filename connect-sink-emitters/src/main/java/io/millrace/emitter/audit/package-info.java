/** The Audit emitter: each event as the next entry of a hash chain in Kafka. */
@NullMarked
package io.millrace.emitter.audit;

import org.jspecify.annotations.NullMarked;
