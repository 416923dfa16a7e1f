/** Sample emitters and a modest stream of events, so that a newcomer sees events arrive. */
@NullMarked
package io.millrace.standalone.demo;

import org.jspecify.annotations.NullMarked;
