// oidc-provider with one client, its own login and consent pages, mandatory PKCE and rotating refresh tokens.
// Every login is accepted. A second client gets access tokens (RFC 9068) for MeetGate's API.
import Provider from 'oidc-provider';

const { PORT, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI } = process.env;
const hours = 3600;

const provider = new Provider(`http://localhost:${PORT}`, {
  clients: [{
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    redirect_uris: [REDIRECT_URI],
    grant_types: ['authorization_code', 'refresh_token'],
  }, {
    client_id: 'reports',
    client_secret: 'reports-secret',
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
  }],
  scopes: ['openid', 'offline_access', 'collab:'],
  features: {
    introspection: { enabled: true },
    revocation: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        scope: 'connections:read', audience: 'meetgate', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  pkce: { required: () => true },
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  ttl: { AccessToken: 1 * hours, RefreshToken: 10 * hours, Grant: 10 * hours, Session: 10 * hours },
});

// Logs the events that the tests count, in Keycloak's format.
const tell = (ctx, suffix) => console.log(`type="${String(ctx.oidc.params?.grant_type).toUpperCase()}${suffix}"`);
provider.on('grant.success', (ctx) => tell(ctx, ''));
provider.on('grant.error', (ctx, error) => tell(ctx, `_ERROR" detail="${error.error_detail}`));

provider.listen(PORT, '127.0.0.1');
