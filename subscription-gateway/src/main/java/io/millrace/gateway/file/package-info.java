/** Files that change while the gateway runs. */
@NullMarked
package io.millrace.gateway.file;

import org.jspecify.annotations.NullMarked;
