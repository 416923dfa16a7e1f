/** Health and metrics of a service over HTTP, on a port apart from what its users see. */
@NullMarked
package io.millrace.management;

import org.jspecify.annotations.NullMarked;
