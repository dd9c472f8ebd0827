package dev.meetgate.gotoapi;

import static org.jboss.resteasy.reactive.client.impl.RestClientRequestContext.INVOKED_METHOD_PARAMETERS_PROP;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientResponseContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

/** What the filters of GoTo's REST clients find in a request and an answer. */
final class CallFilters {

    /** The priority of response filters that see an answer before the client makes an exception of it, which it does at 5000. */
    static final int BEFORE_ERRORS = 6000;

    private CallFilters() {}

    /** The call that was given as an argument. */
    static GoToCall call(ResteasyReactiveClientRequestContext request) {
        var arguments = (Collection<?>) request.getProperty(INVOKED_METHOD_PARAMETERS_PROP);
        return arguments.stream()
                .filter(GoToCall.class::isInstance)
                .map(GoToCall.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a method of a REST client of GoTo's takes a GoToCall"));
    }

    /** Ends a request that failed: the client shows its response filters also an answer that broke off, or none. */
    static void refuseBroken(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        Throwable failure = request.unwrap(RestClientRequestContext.class).getThrowable();
        if (failure instanceof WebApplicationException && response.getStatus() >= 300) {
            // An answer of another status than success is a failure to the client.
            return;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new ProcessingException(failure);
        }
    }

    /** The body, which can be read again afterwards; empty where there is none. */
    static byte[] body(ClientResponseContext response) {
        InputStream stream = response.getEntityStream();
        if (stream == null) {
            return new byte[0];
        }
        try {
            byte[] body = stream.readAllBytes();
            response.setEntityStream(new ByteArrayInputStream(body));
            return body;
        } catch (IOException alreadyInMemory) {
            throw new UncheckedIOException(alreadyInMemory);
        }
    }
}
