/** What a filter sees of an event: topic, type, attributes and data as plain values. */
@NullMarked
package io.millrace.filter.event;

import org.jspecify.annotations.NullMarked;
