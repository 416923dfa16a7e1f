/** The folder of system emitters: what its files say now, and which of them are broken. */
@NullMarked
package io.millrace.gateway.control.folder;

import org.jspecify.annotations.NullMarked;
