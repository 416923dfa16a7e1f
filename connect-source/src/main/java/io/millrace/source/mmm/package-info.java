/** Events of MMM, by its GraphQL subscription over either of its two subprotocols. */
@NullMarked
package io.millrace.source.mmm;

import org.jspecify.annotations.NullMarked;
