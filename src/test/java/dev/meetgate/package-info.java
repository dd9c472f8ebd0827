/** Tests of MeetGate through its HTTP API, with the sandbox GoTo and a real PostgreSQL. */
@NullMarked
package dev.meetgate;

import org.jspecify.annotations.NullMarked;
