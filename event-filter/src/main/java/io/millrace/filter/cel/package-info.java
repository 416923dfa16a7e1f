/** The Common Expression Language over events: one engine, behind one class. */
@NullMarked
package io.millrace.filter.cel;

import org.jspecify.annotations.NullMarked;
