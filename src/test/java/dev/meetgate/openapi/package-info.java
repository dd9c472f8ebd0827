/** Tests of the OpenAPI document: it is complete, answers match it, and it breaks no earlier release. */
@NullMarked
package dev.meetgate.openapi;

import org.jspecify.annotations.NullMarked;
