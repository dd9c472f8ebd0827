package dev.meetgate.vault;

import dev.meetgate.secret.Secret;

/** The access token that one request to GoTo is sent with. A REST client's method takes it as {@code @NotBody}. */
public record Bearer(Secret accessToken) {}
