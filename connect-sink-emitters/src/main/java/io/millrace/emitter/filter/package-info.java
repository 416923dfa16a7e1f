/** FEEL for any connector, source or sink: a predicate and a transformation of Connect's. */
@NullMarked
package io.millrace.emitter.filter;

import org.jspecify.annotations.NullMarked;
