/** Kafka Connect's REST API, as far as the control loop speaks it. */
@NullMarked
package io.millrace.gateway.control.connect;

import org.jspecify.annotations.NullMarked;
