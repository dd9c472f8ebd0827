/** The pages for people: that what they say to type works, and that what they name is there. */
@NullMarked
package dev.meetgate.docs;

import org.jspecify.annotations.NullMarked;
