/** Routes each event of every stream to the Kafka topics of the emitters that want it. */
@NullMarked
package io.millrace.router;

import org.jspecify.annotations.NullMarked;
