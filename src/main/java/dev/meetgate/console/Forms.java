package dev.meetgate.console;

import dev.meetgate.connect.FormSource;
import dev.meetgate.problem.Failure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets through only forms of the console's own pages, with the token of their session. */
@Singleton
class Forms {

    private final FormSource source;
    private final Viewer viewer;

    Forms(FormSource source, Viewer viewer) {
        this.source = source;
        this.viewer = viewer;
    }

    /** Fails with 403 for any other form. */
    Form read(byte[] body, HttpHeaders headers) {
        Form form = Form.read(body);
        String csrfToken = form.text("csrf");
        Operator operator = viewer.operator();
        if (operator == null
                || csrfToken == null
                || !MessageDigest.isEqual(bytes(operator.csrfToken()), bytes(csrfToken))
                || !source.isOurPage(headers)) {
            throw new Failure.ForeignForm();
        }
        return form;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
