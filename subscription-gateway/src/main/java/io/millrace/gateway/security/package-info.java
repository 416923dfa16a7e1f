/** Who may receive and publish what: the catalogue's rules in force, and told to the routers. */
@NullMarked
package io.millrace.gateway.security;

import org.jspecify.annotations.NullMarked;
