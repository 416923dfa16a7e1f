/**
 * Load: events raised and handled by an application, and what the servlet filter adds to a call.
 */
@NullMarked
package io.millrace.benchmarks.serverevents;

import org.jspecify.annotations.NullMarked;
