package dev.meetgate.caller;

import java.util.List;

/**
 * A calling application of the company.
 *
 * @param returnUrls where its users' browsers may be sent after consent; each matches exactly
 */
public record Tenant(String name, String displayName, List<String> returnUrls) {}
