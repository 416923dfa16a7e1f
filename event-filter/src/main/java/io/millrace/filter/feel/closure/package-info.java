/**
 * An expression's tree as small closures: the engine's results at a fraction of its cost, and under
 * a budget. Nothing here hands a sub-tree to the engine's interpreter; of the engine only operators
 * and functions are used, on values that were evaluated and weighed here.
 */
@NullMarked
package io.millrace.filter.feel.closure;

import org.jspecify.annotations.NullMarked;
