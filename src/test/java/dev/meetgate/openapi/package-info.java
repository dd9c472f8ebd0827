/** The description of our API: that it is complete, that answers are as it says, and that it takes back nothing. */
@NullMarked
package dev.meetgate.openapi;

import org.jspecify.annotations.NullMarked;
