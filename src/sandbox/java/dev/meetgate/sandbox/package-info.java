/**
 * The sandbox: a stand-in for GoTo, for dev mode and tests; never in a production build.
 *
 * <p>It is a real HTTP server, so that MeetGate is tried as it is, packaged or native. It refuses more than GoTo does, and shows
 * on demand every way in which GoTo may behave: {@link dev.meetgate.sandbox.Behaviour} are its habits,
 * {@link dev.meetgate.sandbox.Fault} its accidents, {@link dev.meetgate.sandbox.Control} the way to both. A request goes through
 * {@link dev.meetgate.sandbox.Traffic} to its endpoint, which answers with an {@link dev.meetgate.sandbox.Answer}.
 */
@NullMarked
package dev.meetgate.sandbox;

import org.jspecify.annotations.NullMarked;
