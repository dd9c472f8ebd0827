/** Extensions of the native-image builder. None of this code runs in MeetGate. */
@NullMarked
package dev.meetgate.image;

import org.jspecify.annotations.NullMarked;
