package dev.meetgate.sandbox;

import java.util.List;

/** The one OAuth client that is registered at the sandbox. Redirect URIs match to the letter. */
public record SandboxClient(String id, String secret, List<String> redirectUris) {

    @Override
    public String toString() {
        return "SandboxClient[" + id + "]";
    }
}
