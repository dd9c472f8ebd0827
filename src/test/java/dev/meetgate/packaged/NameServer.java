package dev.meetgate.packaged;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server (RFC 1035) of one name. Each look-up gets the next of the answers that are set. */
final class NameServer implements AutoCloseable {

    static final String ADDRESS = "127.0.53.53";

    private static final int PORT = 53;
    private static final int HEADER = 12;
    private static final int MOST_BYTES = 512;
    private static final int FOUND = 0x8400;
    private static final int NO_SUCH_NAME = 0x8403;
    private static final int NAME_OF_THE_QUESTION = 0xC000 | HEADER;
    private static final int A = 1;

    /** The bytes of an address, by the type of the record: A and AAAA. A look-up asks once for each. */
    private static final Map<Integer, Integer> BYTES = Map.of(A, 4, 28, 16);

    private final String name;
    private final DatagramSocket socket;
    private final Thread thread;
    private final Map<Integer, Integer> asked = new ConcurrentHashMap<>();
    private volatile List<List<String>> answers = List.of();

    /** Fails where this process may not listen on the port of name servers. */
    NameServer(String name) throws SocketException {
        this.name = name;
        socket = new DatagramSocket(new InetSocketAddress(ADDRESS, PORT));
        thread = new Thread(this::serve, "name server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sets the addresses of the next look-up, of the one after it, and so on. The last ones stay. */
    void answer(List<List<String>> addresses) {
        asked.clear();
        answers = addresses;
    }

    /** How often the name was looked up since the answers were set. */
    int lookups() {
        return asked.getOrDefault(A, 0);
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        try {
            while (true) {
                packet.setLength(MOST_BYTES);
                socket.receive(packet);
                packet.setData(answer(ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()))));
                socket.send(packet);
                packet.setData(new byte[MOST_BYTES]);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private byte[] answer(ByteBuffer query) {
        short id = query.getShort();
        boolean isKnown = name(query.position(HEADER)).equals(name);
        int type = query.getShort();
        byte[] question = Arrays.copyOfRange(query.array(), HEADER, query.position() + Short.BYTES);
        List<byte[]> addresses = isKnown ? addresses(type) : List.of();
        var answer = ByteBuffer.allocate(MOST_BYTES)
                .putShort(id)
                .putShort((short) (isKnown ? FOUND : NO_SUCH_NAME))
                .putShort((short) 1)
                .putShort((short) addresses.size())
                .putInt(0)
                .put(question);
        for (byte[] address : addresses) {
            answer.putShort((short) NAME_OF_THE_QUESTION)
                    .putShort((short) type)
                    .putShort((short) 1)
                    .putInt(0)
                    .putShort((short) address.length)
                    .put(address);
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private static String name(ByteBuffer query) {
        var name = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append('.').append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.substring(Math.min(1, name.length()));
    }

    private List<byte[]> addresses(int type) {
        int lookup = asked.merge(type, 1, Integer::sum);
        return answers.get(Math.min(lookup, answers.size()) - 1).stream()
                .map(NetUtil::createByteArrayFromIpAddressString)
                .filter(address -> address.length == BYTES.getOrDefault(type, 0))
                .toList();
    }

    /** The port is free when the thread has left the socket. */
    @Override
    public void close() {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
