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

/**
 * A person with a browser: Jane, or another user of the server. She fills in each form of an authorization server and presses its first button.
 */
final class Jane {

    private static final int PATIENCE = 12;

    private final Browser browser;
    private final Map<String, String> knows;

    Jane(Browser browser) {
        this(browser, "jane");
    }

    Jane(Browser browser, String name) {
        this.browser = browser;
        knows = Map.of("username", name, "login", name, "password", "password");
    }

    /** Opens an address, goes on until MeetGate or a page without a form, and returns that address. */
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

    private Map<String, String> filledIn(Document shown) {
        var fields = new HashMap<String, String>();
        FormElement form = shown.forms().get(0);
        form.formData().forEach(field -> fields.put(field.key(), knows.getOrDefault(field.key(), field.value())));
        // The button may be outside its form.
        Element button = shown.selectFirst("[type=submit]");
        if (button != null && button.hasAttr("name")) {
            fields.put(button.attr("name"), button.attr("value"));
        }
        return fields;
    }
}
