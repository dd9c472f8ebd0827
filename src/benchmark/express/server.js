// The yardstick: the brokered call as one would write it plainly with Express. It answers what MeetGate answers.
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import express from 'express';
import pg from 'pg';

const { PORT, DATABASE_URL, GOTO_API_URL, API_KEY_SHA256, SEALING_KEY } = process.env;
const apiKeyHash = Buffer.from(API_KEY_SHA256, 'hex');
const sealingKey = Buffer.from(SEALING_KEY, 'base64');
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });

function isAuthenticated(request) {
  const [scheme, apiKey = ''] = (request.get('Authorization') ?? '').split(' ');
  return scheme === 'Bearer' && timingSafeEqual(createHash('sha256').update(apiKey).digest(), apiKeyHash);
}

async function sealedToken(user) {
  const { rows } = await pool.query({
    name: 'sealed-token',
    text: 'select sealed_access_token from connection where tenant = $1 and user_id = $2',
    values: ['demo', user],
  });
  return rows[0]?.sealed_access_token;
}

/** Sealed is: nonce (12) | ciphertext | tag (16). */
function open(sealed) {
  const cipher = createDecipheriv('aes-256-gcm', sealingKey, sealed.subarray(0, 12));
  cipher.setAuthTag(sealed.subarray(-16));
  return cipher.update(sealed.subarray(12, -16), undefined, 'utf8') + cipher.final('utf8');
}

function meeting(wire) {
  return {
    id: wire.meetingId,
    subject: wire.subject.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    startTime: wire.startTime.replace('.+0000', 'Z'),
    endTime: wire.endTime.replace('.+0000', 'Z'),
    type: wire.meetingType.toUpperCase(),
    status: wire.status?.toUpperCase(),
    passwordRequired: String(wire.passwordRequired) === 'true',
    dialIn: wire.conferenceCallInfo?.trim(),
    coorganizers: wire.coorganizerKeys,
    organizer: {
      organizerKey: wire.organizerKey,
      email: wire.email,
      firstName: wire.firstName,
      lastName: wire.lastName,
    },
  };
}

const app = express();
app.disable('x-powered-by');
app.disable('etag');

app.get('/v1/users/:user/meetings', async (request, response) => {
  if (!isAuthenticated(request)) {
    return response.status(401).json({ code: 'unauthenticated' });
  }
  const sealed = await sealedToken(request.params.user);
  if (!sealed) {
    return response.status(404).json({ code: 'not-connected' });
  }
  // Node's fetch keeps connections alive.
  const answer = await fetch(`${GOTO_API_URL}/G2M/rest/upcomingMeetings`, {
    headers: { Authorization: `Bearer ${open(sealed)}`, Accept: 'application/json' },
  });
  if (!answer.ok) {
    return response.status(503).json({ code: 'goto-unavailable' });
  }
  response.json({ items: (await answer.json()).map(meeting) });
});

app.listen(PORT, '127.0.0.1');
