/**
 * The catalogue: which streams, topics, message types and tenants there are, and who may see what,
 * as one file or a folder of them declares.
 */
@NullMarked
package io.millrace.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
