/** Source connector for Acronis's Event Manager: long polls of one subscription. */
@NullMarked
package io.millrace.source.acronis;

import org.jspecify.annotations.NullMarked;
