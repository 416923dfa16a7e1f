/** Finds, among very many filters, those that an event can satisfy, by hashing and sorting. */
@NullMarked
package io.millrace.filter.index;

import org.jspecify.annotations.NullMarked;
