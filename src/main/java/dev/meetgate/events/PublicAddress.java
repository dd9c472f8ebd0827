package dev.meetgate.events;

import dev.meetgate.caller.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which addresses belong to the public internet (IANA's special-purpose registries). */
public final class PublicAddress {

    private static final List<Network> NOT_PUBLIC_4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    /**
     * The only addresses of IPv6 that are routed, and the parts of them with another purpose, such as
     * tunnels.
     */
    private static final List<Network> GLOBAL_6 = networks("2000::/3");

    private static final List<Network> NOT_PUBLIC_6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** Translates to IPv4 (RFC 6052). The last four bytes are the address. */
    private static final List<Network> NAT64 = networks("64:ff9b::/96");

    private PublicAddress() {}

    /**
     * A text of IPv4 that is mapped to IPv6 is IPv4 in Java. From a name server, Java takes it as IPv6, which
     * is not public.
     */
    public static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return !isIn(NOT_PUBLIC_4, address);
        }
        return isIn(NAT64, address)
                ? !isIn(NOT_PUBLIC_4, lastFourBytes(address))
                : isIn(GLOBAL_6, address) && !isIn(NOT_PUBLIC_6, address);
    }

    private static InetAddress lastFourBytes(InetAddress address) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    private static boolean isIn(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::of).toList();
    }
}
