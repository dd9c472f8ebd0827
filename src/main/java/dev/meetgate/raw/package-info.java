/** Raw calls to the parts of GoTo's API that have no operation of their own. */
@NullMarked
package dev.meetgate.raw;

import org.jspecify.annotations.NullMarked;
