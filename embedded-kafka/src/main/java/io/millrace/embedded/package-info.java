/** A real KRaft broker and a real Connect worker that run in this JVM, for standalone and tests. */
@NullMarked
package io.millrace.embedded;

import org.jspecify.annotations.NullMarked;
