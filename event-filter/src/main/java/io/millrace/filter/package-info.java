/** Who wants an event: a filter compiled, and an index that finds all who want one event. */
@NullMarked
package io.millrace.filter;

import org.jspecify.annotations.NullMarked;
