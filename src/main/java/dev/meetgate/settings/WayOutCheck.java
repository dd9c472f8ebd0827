package dev.meetgate.settings;

/** Finds the mistakes in the settings of the way to GoTo. */
final class WayOutCheck {

    private WayOutCheck() {}

    static void check(Settings settings, Mistakes mistakes) {
        mistakes.check(
                "MEETGATE_CA",
                authorities -> !CertificateAuthorities.in(authorities).isEmpty(),
                "certificates in PEM, or set MEETGATE_CA_FILE to a file with them");
        var out = WayOut.of(settings);
        if (out.proxy() != null && out.url() == null) {
            mistakes.wrong(
                    WayOut.PROXY,
                    "http://host:port or http://user:password@host:port, with a port from 1 to 65535, and with special"
                            + " characters of user and password percent-encoded");
        }
        String token = mistakes.value("GOTO_TOKEN_URL");
        String revoke = mistakes.value("GOTO_REVOKE_URL");
        if (token != null
                && revoke != null
                && Mistakes.isSafe(token)
                && Mistakes.isSafe(revoke)
                && out.leadsTo(token) != out.leadsTo(revoke)) {
            mistakes.wrong(WayOut.EXCEPTIONS, "both hosts of GOTO_TOKEN_URL and GOTO_REVOKE_URL, or none of them");
        }
    }
}
