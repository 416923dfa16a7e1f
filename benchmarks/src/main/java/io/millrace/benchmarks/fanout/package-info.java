/** Live sessions at large: one event to thousands of WebSockets, and whether they last. */
@NullMarked
package io.millrace.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
