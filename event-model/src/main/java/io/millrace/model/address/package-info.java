/** Which hosts and addresses those may name as endpoints who are not trusted with our network. */
@NullMarked
package io.millrace.model.address;

import org.jspecify.annotations.NullMarked;
