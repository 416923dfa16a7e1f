/** Administration of emitters: their types, definitions, activation and state. */
@NullMarked
package io.millrace.gateway.publicapi.emitters;

import org.jspecify.annotations.NullMarked;
