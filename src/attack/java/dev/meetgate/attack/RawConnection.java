package dev.meetgate.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A connection to an HTTP server that sends exactly these bytes. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 40_000;

    private final Socket socket;
    private final InputStream input;
    private String asked = "";

    RawConnection(URI target) throws IOException {
        boolean secure = target.getScheme().equals("https");
        int port = target.getPort() > 0 ? target.getPort() : secure ? 443 : 80;
        socket = secure
                ? SSLSocketFactory.getDefault().createSocket(target.getHost(), port)
                : new Socket(target.getHost(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        input = new BufferedInputStream(socket.getInputStream());
    }

    RawConnection write(String text) throws IOException {
        return write(text.getBytes(ISO_8859_1));
    }

    RawConnection write(byte[] bytes) throws IOException {
        if (asked.isEmpty()) {
            asked = new String(bytes, 0, Math.min(bytes.length, 1_000), ISO_8859_1);
        }
        socket.getOutputStream().write(bytes);
        return this;
    }

    void patience(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    /** The next final answer, or null if the server closes the connection first. */
    @Nullable
    Answer read(boolean hasBody) throws IOException {
        Answer answer;
        do {
            answer = readOne(hasBody);
        } while (answer != null && answer.status() / 100 == 1);
        return answer;
    }

    Answer mustAnswer() throws IOException {
        Answer answer = read(true);
        if (answer == null) {
            throw new AssertionError("closed without an answer%n    asked: %s".formatted(Answer.oneLine(asked)));
        }
        return answer;
    }

    /** Whether the server closes the connection within this time without another byte. */
    boolean closesWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return input.read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private @Nullable Answer readOne(boolean hasBody) throws IOException {
        String statusLine = line();
        if (statusLine.isEmpty()) {
            return null;
        }
        if (!statusLine.startsWith("HTTP/")) {
            throw new AssertionError("no HTTP answer but " + Answer.oneLine(statusLine));
        }
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        var headers = new TreeMap<String, List<String>>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            String[] pair = header.split(":", 2);
            headers.computeIfAbsent(pair[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(pair.length > 1 ? pair[1].strip() : "");
        }
        var withoutBody = new Answer(asked, status, headers, "");
        boolean empty = !hasBody || status / 100 == 1 || status == 204 || status == 304;
        return empty ? withoutBody : new Answer(asked, status, headers, new String(body(withoutBody), UTF_8));
    }

    private byte[] body(Answer head) throws IOException {
        if (head.has("content-length")) {
            return input.readNBytes(Integer.parseInt(head.header("content-length")));
        }
        if (!head.header("transfer-encoding").equals("chunked")) {
            return input.readAllBytes();
        }
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(input.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";")[0].strip(), 16);
    }

    /** A line without its end. A closed connection is an empty line. */
    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        try {
            for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
                line.write(next);
            }
        } catch (SocketException reset) {
            return "";
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
