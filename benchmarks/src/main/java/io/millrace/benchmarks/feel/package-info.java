/** What one filter costs on one event. */
@NullMarked
package io.millrace.benchmarks.feel;

import org.jspecify.annotations.NullMarked;
