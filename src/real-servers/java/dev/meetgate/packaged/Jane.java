package dev.meetgate.packaged;

import dev.meetgate.Browser;
import dev.meetgate.local.LocalSurroundings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** A person in front of a browser, who fills in whatever form an authorization server shows and presses its first button. */
final class Jane {

    private static final Map<String, String> KNOWS =
            Map.of("username", "jane", "login", "jane", "password", "password");
    private static final int PATIENCE = 12;

    private final Browser browser;

    Jane(Browser browser) {
        this.browser = browser;
    }

    /** Opens the address and answers with where that leads: back to MeetGate, or to a page without a form. */
    String goesOnFrom(String address) {
        String url = address;
        Browser.Page page = browser.open(url);
        for (int step = 0; step < PATIENCE; step++) {
            if (page.status() / 100 == 3) {
                url = URI.create(url).resolve(page.location()).toString();
                if (url.startsWith(LocalSurroundings.PUBLIC_URL)) {
                    return url;
                }
                page = browser.open(url);
            } else {
                Document shown = Jsoup.parse(page.body(), url);
                if (shown.forms().isEmpty()) {
                    return url;
                }
                url = shown.forms().get(0).absUrl("action");
                page = browser.submit(url, filledIn(shown));
            }
        }
        throw new AssertionError(page.status() + " at " + url + "\n" + page.body());
    }

    private static Map<String, String> filledIn(Document shown) {
        var fields = new HashMap<String, String>();
        FormElement form = shown.forms().get(0);
        form.formData().forEach(field -> fields.put(field.key(), KNOWS.getOrDefault(field.key(), field.value())));
        // It may stand outside the form that it belongs to.
        Element button = shown.selectFirst("[type=submit]");
        if (button != null && button.hasAttr("name")) {
            fields.put(button.attr("name"), button.attr("value"));
        }
        return fields;
    }
}
