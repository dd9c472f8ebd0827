package dev.meetgate.caller;

import java.util.List;

/**
 * A company's application that calls MeetGate.
 *
 * @param returnUrls allowed targets after consent, compared exactly
 */
public record Tenant(String name, String displayName, List<String> returnUrls) {}
