/** Downloading audit logs: how long it takes, and how much memory. */
@NullMarked
package io.millrace.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
