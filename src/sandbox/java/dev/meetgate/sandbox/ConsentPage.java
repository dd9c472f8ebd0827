package dev.meetgate.sandbox;

import java.util.stream.Collectors;

/** Asks a person to allow the client what it asks for, or to deny it. */
record ConsentPage(String id, AuthorizationRequest request, SandboxClient client) {

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
                <p class="soft">Either way you go back to %s</p>
                """.formatted(
                        Page.escape(client.id()),
                        Page.escape(request.scope()),
                        Page.escape(id),
                        Account.ALL.stream().map(ConsentPage::option).collect(Collectors.joining("\n")),
                        Page.escape(request.redirectUri()));
        return Answer.html(200, Page.framed("Allow access to your GoToMeeting account?", content));
    }

    private static String option(Account account) {
        String note = account.isLicensed() ? account.isAdministrator() ? ", administrator" : "" : ", without a licence";
        return "            <option value=\"%1$s\">%2$s %3$s (%1$s%4$s)</option>"
                .formatted(account.email(), account.firstName(), account.lastName(), note);
    }
}
