package dev.meetgate.console;

/** A browser without a session asks for a page. */
final class SignInRequired extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignInRequired() {
        super("a browser without a session", null, false, false);
    }
}
