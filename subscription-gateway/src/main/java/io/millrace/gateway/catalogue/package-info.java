/**
 * The catalogue: which streams, topics, message types and tenants there are, as one file declares
 * them.
 */
@NullMarked
package io.millrace.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
