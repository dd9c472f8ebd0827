package dev.meetgate.pages;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Renders pages in the language of their reader. A page whose locale is set keeps that.
 *
 * <p>Pages are rendered here, where the request is known, and nowhere else.
 */
@Provider
@Produces(MediaType.TEXT_HTML)
public class PageWriter extends ServerMessageBodyWriter.AllWriteableMessageBodyWriter {

    @Override
    public void writeResponse(Object page, Type type, ServerRequestContext context) throws IOException {
        var template = (TemplateInstance) page;
        Object locale = template.getAttribute(TemplateInstance.LOCALE);
        if (locale == null) {
            locale = Language.of(context.getRequestHeaders().getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                    .tag();
            template.setLocale(locale.toString());
            context.serverResponse().setResponseHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        }
        context.serverResponse()
                .setResponseHeader(HttpHeaders.CONTENT_LANGUAGE, locale.toString())
                .end(template.render());
    }

    @Override
    public void writeTo(
            Object page,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream stream)
            throws IOException {
        stream.write(((TemplateInstance) page).render().getBytes(StandardCharsets.UTF_8));
    }
}
