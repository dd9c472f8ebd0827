/**
 * MeetGate: a gateway between a company's services and its users' GoToMeeting accounts.
 *
 * <p>Packages know only those to their right: {@code connect, meetings → vault → oauth → secret}; {@code caller} (who calls),
 * {@link dev.meetgate.User} and {@link dev.meetgate.Failure} (all that is expected to go wrong) are known to the features.
 */
@NullMarked
package dev.meetgate;

import org.jspecify.annotations.NullMarked;
