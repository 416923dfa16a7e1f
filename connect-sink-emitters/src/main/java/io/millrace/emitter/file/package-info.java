/** The File emitter: each event as JSON at the end of a file, or of a file a day. */
@NullMarked
package io.millrace.emitter.file;

import org.jspecify.annotations.NullMarked;
