/**
 * The control loop: system emitters from a folder, and topics and connectors as definitions want.
 */
@NullMarked
package io.millrace.gateway.control;

import org.jspecify.annotations.NullMarked;
