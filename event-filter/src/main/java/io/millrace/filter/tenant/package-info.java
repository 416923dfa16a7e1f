/** Whose events reach whom, by the tree of tenants. */
@NullMarked
package io.millrace.filter.tenant;

import org.jspecify.annotations.NullMarked;
