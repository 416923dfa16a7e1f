/** The streams as Kafka has them: each read once at its newest end, and in pieces of its past. */
@NullMarked
package io.millrace.gateway.stream;

import org.jspecify.annotations.NullMarked;
