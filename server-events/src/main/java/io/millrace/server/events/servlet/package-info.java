/** Auto events: what a Jakarta Servlet filter raises on requests and responses of operations. */
@NullMarked
package io.millrace.server.events.servlet;

import org.jspecify.annotations.NullMarked;
