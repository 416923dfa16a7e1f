/**
 * Foundry's programming model for server events: what an application raises and handles, by the
 * simple names and signatures of the vendor's {@code com.hcl.voltmx.middleware.api.events}.
 */
@NullMarked
package io.millrace.server.events;

import org.jspecify.annotations.NullMarked;
