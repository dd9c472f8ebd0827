/** What takes part in building the native executable. None of it runs in MeetGate. */
@NullMarked
package dev.meetgate.image;

import org.jspecify.annotations.NullMarked;
