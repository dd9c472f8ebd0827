package dev.meetgate.connect;

/** What {@link EraseTenant} fires when the connections of a tenant are erased. Others then erase what they have. */
public record TenantErased(String tenant) {}
