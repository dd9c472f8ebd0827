/** The client of GoTo's authorization server (RFC 6749, 7636, 7009, 9207). */
@NullMarked
package dev.meetgate.oauth;

import org.jspecify.annotations.NullMarked;
