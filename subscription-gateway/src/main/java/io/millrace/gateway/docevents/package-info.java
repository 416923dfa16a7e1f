/** What events there are, told to each as far as he may see them: for people and for machines. */
@NullMarked
package io.millrace.gateway.docevents;

import org.jspecify.annotations.NullMarked;
