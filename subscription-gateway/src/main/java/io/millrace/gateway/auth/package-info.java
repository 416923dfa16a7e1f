/** Who is calling: credentials of any API become a principal, or a refusal with its reason. */
@NullMarked
package io.millrace.gateway.auth;

import org.jspecify.annotations.NullMarked;
