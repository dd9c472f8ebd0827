/** What this deployment may ask of GoTo's API in a second, shared by its replicas, its tenants and their users. */
@NullMarked
package dev.meetgate.budget;

import org.jspecify.annotations.NullMarked;
