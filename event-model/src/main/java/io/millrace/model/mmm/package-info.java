/** Events of MMM: what happened to an entity, as a CloudEvent and as a filter. */
@NullMarked
package io.millrace.model.mmm;

import org.jspecify.annotations.NullMarked;
