/** Who wants an event: the index beside others of its kind, as filters get more. */
@NullMarked
package io.millrace.benchmarks.matching;

import org.jspecify.annotations.NullMarked;
