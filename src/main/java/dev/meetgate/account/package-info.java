/** The users' accounts at GoTo. */
@NullMarked
package dev.meetgate.account;

import org.jspecify.annotations.NullMarked;
