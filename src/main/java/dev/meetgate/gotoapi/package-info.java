/** All calls to GoTo's API: REST clients, filters, errors and data formats. */
@NullMarked
package dev.meetgate.gotoapi;

import org.jspecify.annotations.NullMarked;
