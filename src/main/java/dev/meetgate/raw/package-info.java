/** The raw call: what GoTo documents and we have no typed call for, as GoTo answers it, within a fence. */
@NullMarked
package dev.meetgate.raw;

import org.jspecify.annotations.NullMarked;
