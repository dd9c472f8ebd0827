package dev.meetgate.connect;

/** The CDI event of {@link EraseTenant}. Its observers erase what they have of the tenant. */
public record TenantErased(String tenant) {}
