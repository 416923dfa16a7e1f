/**
 * The configuration that all source connectors have: stream, connection, identity, retries, buffer.
 */
@NullMarked
package io.millrace.source.config;

import org.jspecify.annotations.NullMarked;
