/** What the gateway serves by REST, described for machines and for people. */
@NullMarked
package io.millrace.gateway.openapi;

import org.jspecify.annotations.NullMarked;
