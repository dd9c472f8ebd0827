package dev.meetgate.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;

/**
 * Writes the text of headers as a whole. Netty writes it by character, which the JVM compiles to a copy and
 * {@code native-image} does not. The access token made that a tenth of a call.
 */
@TargetClass(ByteBufUtil.class)
final class HeaderText {

    private HeaderText() {}

    @Substitute
    static int writeAscii(AbstractByteBuf buffer, int index, CharSequence text, int length) {
        byte[] bytes = text.toString().getBytes(ISO_8859_1);
        if (bytes.length == length) {
            buffer.setBytes(index, bytes);
            return length;
        }
        // A pair of surrogates is one question mark for the JDK and two for Netty.
        for (int i = 0; i < length; i++) {
            buffer.setByte(index + i, AsciiString.c2b(text.charAt(i)));
        }
        return length;
    }
}
