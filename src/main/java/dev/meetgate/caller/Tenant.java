package dev.meetgate.caller;

import java.util.List;

/** An application that calls MeetGate. After consent, browsers go to one of exactly these return URLs. */
public record Tenant(String name, String displayName, List<String> returnUrls) {}
