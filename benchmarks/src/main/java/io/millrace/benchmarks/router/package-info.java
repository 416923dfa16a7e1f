/** What the router does for each event. */
@NullMarked
package io.millrace.benchmarks.router;

import org.jspecify.annotations.NullMarked;
