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

final class CallFilters {

    /** Before the client maps errors to exceptions, at priority 5000. */
    static final int BEFORE_ERRORS = 6000;

    private CallFilters() {}

    static GoToCall call(ResteasyReactiveClientRequestContext request) {
        var arguments = (Collection<?>) request.getProperty(INVOKED_METHOD_PARAMETERS_PROP);
        return arguments.stream()
                .filter(GoToCall.class::isInstance)
                .map(GoToCall.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a method of a REST client of GoTo's takes a GoToCall"));
    }

    /** Rethrows a request's failure. The client runs response filters even without a complete answer. */
    static void endBroken(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        Throwable failure = request.unwrap(RestClientRequestContext.class).getThrowable();
        if (failure instanceof WebApplicationException && response.getStatus() >= 300) {
            // The client treats every unsuccessful status as a failure.
            return;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new ProcessingException(failure);
        }
    }

    /** Reads the body, which is in memory, and resets the stream. */
    static byte[] body(ClientResponseContext response) {
        InputStream stream = response.getEntityStream();
        if (stream == null) {
            return new byte[0];
        }
        try {
            byte[] body = stream.readNBytes(stream.available());
            response.setEntityStream(new ByteArrayInputStream(body));
            return body;
        } catch (IOException alreadyInMemory) {
            throw new UncheckedIOException(alreadyInMemory);
        }
    }
}
