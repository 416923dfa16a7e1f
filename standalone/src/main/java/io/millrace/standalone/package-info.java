/** All of Millrace in one process: command line, order of start and stop, and what to show. */
@NullMarked
package io.millrace.standalone;

import org.jspecify.annotations.NullMarked;
