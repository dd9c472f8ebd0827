/**
 * The sandbox: a stand-in for GoTo in dev mode and tests. No production build contains it.
 *
 * <p>The sandbox is a real HTTP server with a port of its own. The tests call it from the packaged jar and
 * from the native binary.
 *
 * <p>The sandbox is stricter than GoTo: PKCE and {@code state} are mandatory, a redirect URI matches
 * character by character, a code works once, a refresh ends the older tokens, and a replaced refresh token
 * that comes back ends the whole grant. Requests with unknown, missing or repeated parameters are refused.
 *
 * <p>{@link dev.meetgate.sandbox.Behaviour} holds its settings, {@link dev.meetgate.sandbox.Fault} is one
 * error on demand, and {@link dev.meetgate.sandbox.Control} is the HTTP API for both. Each request passes
 * {@link dev.meetgate.sandbox.Traffic} on the way to its endpoint, which returns an
 * {@link dev.meetgate.sandbox.Answer}.
 */
@NullMarked
package dev.meetgate.sandbox;

import org.jspecify.annotations.NullMarked;
