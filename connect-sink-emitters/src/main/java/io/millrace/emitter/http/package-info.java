/** HTTP for emitters: who is called, as whom, and what the answers mean. */
@NullMarked
package io.millrace.emitter.http;

import org.jspecify.annotations.NullMarked;
