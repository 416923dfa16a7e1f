/** What a filter demands of an event, in conditions that can be indexed; names no engine. */
@NullMarked
package io.millrace.filter.predicate;

import org.jspecify.annotations.NullMarked;
