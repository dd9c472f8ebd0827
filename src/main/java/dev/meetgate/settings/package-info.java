/** Settings from the environment, and their checks before the start. */
@NullMarked
package dev.meetgate.settings;

import org.jspecify.annotations.NullMarked;
