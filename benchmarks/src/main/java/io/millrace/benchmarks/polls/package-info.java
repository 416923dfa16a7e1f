/** Acronis's long polls over HTTP, as many as wait at once. */
@NullMarked
package io.millrace.benchmarks.polls;

import org.jspecify.annotations.NullMarked;
