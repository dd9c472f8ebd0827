/** The settings from outside: where they may stand, and what must be right before anything starts. */
@NullMarked
package dev.meetgate.settings;

import org.jspecify.annotations.NullMarked;
