package dev.meetgate.console;

import dev.meetgate.http.PublicUrl;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Leads browsers without a session to the sign-in, and from there back to the page. */
class SignInMapper {

    private final PublicUrl publicUrl;

    SignInMapper(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    @ServerExceptionMapper
    Response answer(SignInRequired required, UriInfo uri) {
        URI page = uri.getRequestUri();
        String to = page.getRawQuery() == null ? page.getRawPath() : page.getRawPath() + "?" + page.getRawQuery();
        return Response.seeOther(UriBuilder.fromUri(publicUrl.of("/console/sign-in"))
                        .queryParam("to", "{to}")
                        .build(to))
                .build();
    }
}
