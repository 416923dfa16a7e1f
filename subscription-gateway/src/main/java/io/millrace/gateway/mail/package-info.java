/** Mails to the owners of emitters whose endpoints fail. */
@NullMarked
package io.millrace.gateway.mail;

import org.jspecify.annotations.NullMarked;
