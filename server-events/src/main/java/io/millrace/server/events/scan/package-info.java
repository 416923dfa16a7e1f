/** Subscribers found on the class path by their annotation. */
@NullMarked
package io.millrace.server.events.scan;

import org.jspecify.annotations.NullMarked;
