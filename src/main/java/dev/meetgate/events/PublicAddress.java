package dev.meetgate.events;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Which addresses belong to the public internet (IANA's special-purpose registries). */
final class PublicAddress {

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

    private static final class Network {

        private final byte[] address;
        private final int bits;

        private Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        static Network of(String text) {
            String[] parts = text.split("/", 2);
            return new Network(PublicAddress.address(parts[0]), Integer.parseInt(parts[1]));
        }

        boolean contains(byte[] other) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private PublicAddress() {}

    /** Java has made IPv4 of an address that is mapped to IPv6. */
    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return !isIn(NOT_PUBLIC_4, bytes);
        }
        return isIn(NAT64, bytes)
                ? !isIn(NOT_PUBLIC_4, Arrays.copyOfRange(bytes, 12, 16))
                : isIn(GLOBAL_6, bytes) && !isIn(NOT_PUBLIC_6, bytes);
    }

    private static boolean isIn(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::of).toList();
    }

    private static byte[] address(String literal) {
        return NetUtil.createByteArrayFromIpAddressString(literal);
    }
}
