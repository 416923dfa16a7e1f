/** FEEL expressions that strangers wrote, compiled and evaluated; the engine is named only here. */
@NullMarked
package io.millrace.filter.feel;

import org.jspecify.annotations.NullMarked;
