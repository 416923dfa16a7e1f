/** Downloads of audit logs: who may have which entries, and in what form. */
@NullMarked
package io.millrace.gateway.audit;

import org.jspecify.annotations.NullMarked;
