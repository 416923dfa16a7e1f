/** The Power BI emitter: events as rows of a push dataset's table. */
@NullMarked
package io.millrace.emitter.powerbi;

import org.jspecify.annotations.NullMarked;
