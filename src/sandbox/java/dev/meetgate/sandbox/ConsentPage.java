package dev.meetgate.sandbox;

import java.util.stream.Collectors;

/** The page on which a person chooses an account and allows or denies the client's request. */
record ConsentPage(String id, ConsentRequest request, SandboxClient client) {

    Answer answer() {
        String content = """
                <p><b>%s</b> asks for the scope <b><code>%s</code></b> on your behalf.</p>
                <form method="post" action="/oauth/decision">
                    <input type="hidden" name="request" value="%s">
                    <label>Account
                        <select name="account">
                %s
                        </select></label>
                    <div class="choices">
                        <button id="allow" name="decision" value="allow">Allow</button>
                        <button id="deny" name="decision" value="deny">Deny</button>
                    </div>
                </form>
                <p class="soft">Both answers take you back to %s</p>
                """.formatted(
                        HtmlPage.escape(client.id()),
                        HtmlPage.escape(request.scope()),
                        HtmlPage.escape(id),
                        Person.ALL.stream().map(ConsentPage::option).collect(Collectors.joining("\n")),
                        HtmlPage.escape(request.redirectUri()));
        return Answer.html(200, HtmlPage.framed("Allow access to your GoToMeeting account?", content));
    }

    private static String option(Person account) {
        String note = account.isLicensed() ? account.isAdministrator() ? ", administrator" : "" : ", without a licence";
        return "            <option value=\"%1$s\">%2$s %3$s (%1$s%4$s)</option>"
                .formatted(account.email(), account.firstName(), account.lastName(), note);
    }
}
