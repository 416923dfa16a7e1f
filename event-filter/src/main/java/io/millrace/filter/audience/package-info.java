/** Who may see an event, and who may publish on a topic. */
@NullMarked
package io.millrace.filter.audience;

import org.jspecify.annotations.NullMarked;
