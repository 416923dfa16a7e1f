/** HTTP to a vendor: one client by configuration, its credentials, and what its answers mean. */
@NullMarked
package io.millrace.source.http;

import org.jspecify.annotations.NullMarked;
