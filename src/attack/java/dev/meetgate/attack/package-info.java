/**
 * Attacks on a running MeetGate, from outside: malformed requests, forged walks, wrong keys, a GoTo that misbehaves.
 *
 * <p>{@link dev.meetgate.attack.Attack} is the program. {@code AttackIT} runs the same checks on the packaged service.
 */
@NullMarked
package dev.meetgate.attack;

import org.jspecify.annotations.NullMarked;
