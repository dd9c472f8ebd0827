/** The rate limit for GoTo's API, shared by replicas, tenants and users. */
@NullMarked
package dev.meetgate.budget;

import org.jspecify.annotations.NullMarked;
