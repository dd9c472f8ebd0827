// Authorized as the demo tenant from the start, so that "Try it out" works at once.
const { apiKey } = await (await fetch('/demo')).json();

const ui = SwaggerUIBundle({
    dom_id: '#api',
    url: '/q/openapi?format=json',
    deepLinking: true,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    onComplete: () => ui.preauthorizeApiKey('apiKey', apiKey),
});
