package dev.meetgate.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@ConfigMapping(prefix = "meetgate.tenants")
interface TenantsConfig {

    @WithParentName
    Map<String, TenantConfig> byName();

    interface TenantConfig {

        /** SHA-256 of the tenant's API keys in hex. Several are allowed during a rotation. */
        Optional<List<String>> apiKeySha256();

        Map<String, KeyConfig> keys();

        /** The name on the connect page. Default: the tenant's name. */
        Optional<String> displayName();

        Optional<List<String>> returnUrls();

        /** Where a walk ends whose link names no return URL. It counts as one of the return URLs. */
        Optional<String> defaultReturnUrl();

        /** A PNG or an SVG. */
        Optional<String> logoFile();

        /** Of buttons, such as {@code #0b6157}. */
        Optional<String> color();

        Optional<String> privacyUrl();

        /** Whether a page after GoTo names the account and asks once more. */
        @WithDefault("false")
        boolean confirm();

        /** The {@code iss} of the tenant's JWTs. */
        Optional<String> issuer();

        @WithDefault("meetgate")
        String audience();

        /** Default: as the issuer's metadata says. */
        Optional<String> jwksUrl();

        /** Default: all. */
        Optional<List<String>> subjects();

        /** Separated by spaces or commas. Default: all. */
        Optional<String> jwtScopes();

        /** Whether the issuer is asked through the proxy. No variable sets it. */
        @WithDefault("false")
        boolean issuerByProxy();

        /** SHA-256 of the tenant's client certificates in hex. */
        Optional<List<String>> certSha256();

        /** For dev mode. No variable sets it. */
        @WithDefault("false")
        boolean anyLoopbackReturnUrl();
    }

    interface KeyConfig {

        List<String> sha256();

        /** Separated by spaces or commas. Default: all. */
        Optional<String> scopes();

        /** The end, in RFC 3339. */
        Optional<String> expires();
    }
}
