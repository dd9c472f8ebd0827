package dev.meetgate.sandbox;

/** The sandbox's pages for people, and the HTML around each of them. */
final class HtmlPage {

    private static final String STYLE = """
            :root {
                color-scheme: light dark;
                --paper: #eef0f4;
                --card: #ffffff;
                --ink: #1e2430;
                --soft: #5b6475;
                --line: #d5d9e2;
                --accent: #3a4fb5;
                --on-accent: #ffffff;
                --stripe: #e9a820;
            }
            @media (prefers-color-scheme: dark) {
                :root {
                    --paper: #14171e;
                    --card: #1d222c;
                    --ink: #e8eaf0;
                    --soft: #a3abba;
                    --line: #353c4a;
                    --accent: #a9b6ff;
                    --on-accent: #141a38;
                }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
            main {
                width: min(30rem, 100% - 2rem);
                margin: clamp(1rem, 10vh, 6rem) auto;
                padding: clamp(1.25rem, 6vw, 2.25rem);
                border: 1px solid var(--line);
                border-radius: .75rem;
                background: var(--card);
                overflow-wrap: anywhere;
            }
            .sandbox {
                margin: 0;
                padding: .5rem 1rem;
                background: repeating-linear-gradient(-45deg, var(--stripe) 0 1rem, #f3bf4f 1rem 2rem);
                color: #2b2000;
                font-weight: 600;
                text-align: center;
            }
            h1 { margin: 0 0 .75rem; font-size: 1.4rem; line-height: 1.25; text-wrap: balance; }
            .soft { color: var(--soft); font-size: .9rem; }
            label { display: block; font-weight: 600; }
            select, button { font: inherit; padding: .6em .8em; border: 1px solid var(--accent); border-radius: .5rem; }
            select { width: 100%; font-weight: 400; margin-top: .25rem; background: var(--card); color: inherit; }
            .choices { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0; }
            .choices button { flex: 1 1 8rem; background: none; color: var(--accent); font-weight: 600; cursor: pointer; }
            .choices #allow { background: var(--accent); color: var(--on-accent); }
            :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
            """;

    static final Answer EMPTY_ROOM = page(200, "An empty room", "The sandbox has no real meetings.");

    private HtmlPage() {}

    static Answer unknownClient() {
        return page(
                400,
                "Unknown client",
                "The client or its redirect URI is not registered here. The sandbox does not send you back to it.");
    }

    static Answer decidedBefore() {
        return page(
                400,
                "This page was used before",
                "A consent page takes one decision. Go back to the application and start again.");
    }

    private static Answer page(int status, String title, String sentence) {
        return Answer.html(status, framed(title, "<p>%s</p>\n".formatted(sentence)));
    }

    /** Puts content into the frame. Title and content must be HTML. */
    static String framed(String title, String content) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                    <meta charset="utf-8">
                    <meta name="viewport" content="width=device-width, initial-scale=1">
                    <title>%1$s</title>
                    <link rel="icon" href="data:,">
                    <style>
                %2$s    </style>
                </head>
                <body>
                <p class="sandbox">Sandbox: this is not GoTo, and no account is real</p>
                <main>
                <h1>%1$s</h1>
                %3$s</main>
                </body>
                </html>
                """.formatted(title, STYLE, content);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
