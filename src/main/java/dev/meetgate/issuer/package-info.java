/** The issuers of tokens: their metadata and keys, and the sign-in of people at one of them. */
@NullMarked
package dev.meetgate.issuer;

import org.jspecify.annotations.NullMarked;
