/** Connections: users' consents and tokens, their refresh, sealing and revocation. */
@NullMarked
package dev.meetgate.vault;

import org.jspecify.annotations.NullMarked;
