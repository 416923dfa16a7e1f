/** Tables that texts are looked up in by their fingerprints, made for few waits on memory. */
@NullMarked
package io.millrace.filter.table;

import org.jspecify.annotations.NullMarked;
