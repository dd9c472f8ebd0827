/** Every call to GoTo's API: its REST clients and their filters, its errors, and the vocabulary of its wire. */
@NullMarked
package dev.meetgate.gotoapi;

import org.jspecify.annotations.NullMarked;
