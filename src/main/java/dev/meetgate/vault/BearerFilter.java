package dev.meetgate.vault;

import static org.jboss.resteasy.reactive.client.impl.RestClientRequestContext.INVOKED_METHOD_PARAMETERS_PROP;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collection;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Sends a call's {@link Bearer} in the Authorization header (RFC 6750 §2.1). */
class BearerFilter implements ResteasyReactiveClientRequestFilter {

    @Override
    public void filter(ResteasyReactiveClientRequestContext context) {
        context.getHeaders()
                .putSingle(
                        HttpHeaders.AUTHORIZATION,
                        "Bearer " + bearer(context).accessToken().reveal());
    }

    private static Bearer bearer(ResteasyReactiveClientRequestContext context) {
        var parameters = (Collection<?>) context.getProperty(INVOKED_METHOD_PARAMETERS_PROP);
        return parameters.stream()
                .filter(Bearer.class::isInstance)
                .map(Bearer.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a call to GoTo needs a Bearer"));
    }
}
