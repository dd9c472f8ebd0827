package dev.meetgate.sandbox;

import java.util.List;

/** The one OAuth client of the sandbox. Redirect URIs must match exactly. */
public record SandboxClient(String id, String secret, List<String> redirectUris) {

    @Override
    public String toString() {
        return "SandboxClient[" + id + "]";
    }
}
