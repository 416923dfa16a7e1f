/** What an emitter proves itself with to its endpoint: credentials and signing secrets, by name. */
@NullMarked
package io.millrace.model.identity;

import org.jspecify.annotations.NullMarked;
