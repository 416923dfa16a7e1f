/** Identities in one encrypted file, which several processes read and write. */
@NullMarked
package io.millrace.model.identity.store;

import org.jspecify.annotations.NullMarked;
