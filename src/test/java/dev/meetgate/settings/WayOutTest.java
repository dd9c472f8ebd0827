package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayOutTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | true
            * | false
            api.getgo.com | false
            API.GetGo.com:443 | false
            api.getgo.com:8443 | true
            getgo.com | false
            .getgo.com | false
            *.getgo.com | false
            localhost, .getgo.com | false
            localhost .getgo.com | false
            go.com | true
            .example.com,10.0.0.0/8 | true
            """)
    void leavesExceptionsOut(String exceptions, boolean proxied) {
        assertEquals(proxied, new WayOut("http://proxy:3128", exceptions).leadsTo("https://api.getgo.com/x"));
    }

    @Test
    void leavesHttpOnLocalhostOut() {
        assertEquals(false, new WayOut("http://proxy:3128", "").leadsTo("http://localhost:8090/oauth/token"));
    }

    @Test
    void readsTheProxyAsCurlDoes() {
        var out = WayOut.of(Settings.of(Map.of("https_proxy", "me:p%40ss+@proxy.example.com:3128/", "no_proxy", "x")));

        assertEquals(
                Map.of(
                        "quarkus.proxy.goto.host", "proxy.example.com",
                        "quarkus.proxy.goto.port", "3128",
                        "quarkus.proxy.goto.username", "me",
                        "quarkus.proxy.goto.password", "p@ss+",
                        "quarkus.oidc-client.proxy.proxy-configuration-name", "goto",
                        "quarkus.rest-client.proxy-configuration-name", "goto"),
                out.properties("https://authentication.logmeininc.com/oauth/token", "https://api.getgo.com"));
    }
}
