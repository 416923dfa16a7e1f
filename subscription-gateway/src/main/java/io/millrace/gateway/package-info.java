/** The gateway as a service: its configuration, its start and stop, its command line. */
@NullMarked
package io.millrace.gateway;

import org.jspecify.annotations.NullMarked;
