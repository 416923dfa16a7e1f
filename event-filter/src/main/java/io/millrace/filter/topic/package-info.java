/** Who subscribed to a topic or to one above it. */
@NullMarked
package io.millrace.filter.topic;

import org.jspecify.annotations.NullMarked;
