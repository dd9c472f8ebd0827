package dev.meetgate.caller;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A network in CIDR notation (RFC 4632), or a single address. It is kept as bytes: objects in the heap of a
 * binary may contain no {@link InetAddress}.
 */
public final class Network {

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** Fails with an {@link IllegalArgumentException} if the text is neither. Asks no name server. */
    public static Network of(String text) {
        String[] parts = text.strip().split("/", -1);
        InetAddress address = address(parts[0]);
        if (address == null || parts.length > 2) {
            throw new IllegalArgumentException("not an address or a network");
        }
        int bits = address.getAddress().length * Byte.SIZE;
        int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("a prefix that is too long");
        }
        return new Network(address.getAddress(), prefix);
    }

    /** The address that a text is, without a name server. IPv4 in IPv6 counts as IPv4. */
    static @Nullable InetAddress address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("every address has 4 or 16 bytes", impossible);
        }
    }

    /** How many bits of the address all members share. */
    public int prefix() {
        return prefix;
    }

    public boolean contains(InetAddress other) {
        byte[] others = other.getAddress();
        if (address.length != others.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((address[bit / Byte.SIZE] ^ others[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
