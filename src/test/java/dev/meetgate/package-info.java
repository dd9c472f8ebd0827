/** Tests of MeetGate through its front door, against the sandbox GoTo and a real PostgreSQL. */
@NullMarked
package dev.meetgate;

import org.jspecify.annotations.NullMarked;
