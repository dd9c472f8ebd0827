package dev.meetgate.sandbox;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a standalone sandbox: {@code SANDBOX_PORT}, {@code SANDBOX_CLIENT_ID},
 * {@code SANDBOX_CLIENT_SECRET} and {@code SANDBOX_REDIRECT_URIS}, comma separated. Each is an environment variable
 * or an argument such as {@code SANDBOX_PORT=8091}. The argument has precedence.
 */
record CommandLine(int port, SandboxClient client) {

    static CommandLine read(String[] arguments, Map<String, String> environment) {
        var options = new HashMap<>(environment);
        for (String argument : arguments) {
            String[] option = argument.split("=", 2);
            if (option.length < 2) {
                throw new IllegalArgumentException("an argument must look like SANDBOX_PORT=8091: " + argument);
            }
            options.put(option[0], option[1]);
        }
        String redirectUris = options.getOrDefault("SANDBOX_REDIRECT_URIS", "http://localhost:8080/callback");
        var client = new SandboxClient(
                options.getOrDefault("SANDBOX_CLIENT_ID", "sandbox-client"),
                options.getOrDefault("SANDBOX_CLIENT_SECRET", "sandbox-secret"),
                List.of(redirectUris.split(",")));
        return new CommandLine(Integer.parseInt(options.getOrDefault("SANDBOX_PORT", "8090")), client);
    }

    String greeting(URI url) {
        return """
                The sandbox plays GoTo at %1$s and redirects to %2$s
                MeetGate needs these settings:

                GOTO_CLIENT_ID=%3$s
                GOTO_CLIENT_SECRET=%4$s
                GOTO_AUTHORIZE_URL=%1$s/oauth/authorize
                GOTO_TOKEN_URL=%1$s/oauth/token
                GOTO_REVOKE_URL=%1$s/oauth/revoke
                GOTO_API_URL=%1$s
                GOTO_ISSUER=%1$s
                """.formatted(url, String.join(" ", client.redirectUris()), client.id(), client.secret());
    }
}
