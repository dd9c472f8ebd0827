package dev.meetgate.console;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Leads browsers without a session to the sign-in, and from there back to the page. */
class SignInMapper {

    @ServerExceptionMapper
    Response answer(SignInRequired required, UriInfo uri) {
        URI page = uri.getRequestUri();
        String to = page.getRawQuery() == null ? page.getRawPath() : page.getRawPath() + "?" + page.getRawQuery();
        return Response.seeOther(UriBuilder.fromPath("/console/sign-in")
                        .queryParam("to", "{to}")
                        .build(to))
                .build();
    }
}
