/** Load programs: they send to what runs elsewhere and report latency and throughput. */
@NullMarked
package io.millrace.benchmarks.load;

import org.jspecify.annotations.NullMarked;
