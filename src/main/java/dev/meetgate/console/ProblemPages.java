package dev.meetgate.console;

import dev.meetgate.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows browsers a page where a program gets a problem. */
class ProblemPages {

    @ServerResponseFilter
    void show(ContainerRequestContext request, ContainerResponseContext response) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        String path = request.getUriInfo().getPath();
        if (response.getEntity() instanceof Problem problem
                && accept != null
                && accept.contains(MediaType.TEXT_HTML)
                && (path.equals("/console") || path.startsWith("/console/"))) {
            ConsoleTexts texts = Translations.of(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
            response.setEntity(
                    ConsolePages.problem(problem, texts),
                    new Annotation[0],
                    MediaType.TEXT_HTML_TYPE.withCharset("utf-8"));
        }
    }
}
