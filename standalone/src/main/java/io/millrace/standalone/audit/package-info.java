/** Commands on downloaded audit logs, which need nothing that runs. */
@NullMarked
package io.millrace.standalone.audit;

import org.jspecify.annotations.NullMarked;
