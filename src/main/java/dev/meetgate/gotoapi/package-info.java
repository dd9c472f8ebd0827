/** What all calls to GoTo's API share: clients, token, budget, errors, lists, texts, times. */
@NullMarked
package dev.meetgate.gotoapi;

import org.jspecify.annotations.NullMarked;
