package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.mesh.agent.AgentVariables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A result of any length, of which at most {@link AgentVariables#MAX_RESULT_BYTES} remain: all of it, or head and tail with a
 * line between that says how much is missing. Bytes that are no UTF-8 become the replacement character. One thread.
 */
final class BoundedResult {
    private static final int LIMIT = AgentVariables.MAX_RESULT_BYTES;
    /** Room for the line between. */
    private static final int HALF = LIMIT / 2 - 64;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];
    private int tailEnd;
    private long beyond;

    /** @param truncated something is missing */
    record Text(String value, boolean truncated) {}

    void append(byte[] bytes) {
        int fits = Math.min(bytes.length, LIMIT - head.size());
        head.write(bytes, 0, fits);
        for (int i = fits; i < bytes.length; i++) {
            if (tail.length == 0) {
                tail = new byte[HALF];
            }
            tail[tailEnd] = bytes[i];
            tailEnd = (tailEnd + 1) % HALF;
            beyond++;
        }
    }

    /** The text, without its last line end. */
    Text text() {
        var kept = new ByteArrayOutputStream();
        kept.writeBytes(head.toByteArray());
        if (beyond >= HALF) {
            kept.write(tail, tailEnd, HALF - tailEnd);
        }
        kept.write(tail, 0, tailEnd);
        return bound(kept.toByteArray(), head.size() + beyond);
    }

    /** The content of a file that a script wrote. Blocking. */
    static Text read(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size <= LIMIT + HALF) {
                return bound(read(channel, 0, (int) size), size);
            }
            var kept = new ByteArrayOutputStream();
            kept.writeBytes(read(channel, 0, LIMIT));
            kept.writeBytes(read(channel, size - HALF, HALF));
            return bound(kept.toByteArray(), size);
        }
    }

    private static byte[] read(FileChannel channel, long from, int count) throws IOException {
        var buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
            // Until it is full, or the file has become shorter meanwhile.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static Text bound(byte[] kept, long total) {
        if (total == kept.length) {
            var all = withoutLineEnd(new String(kept, StandardCharsets.UTF_8));
            int length = all.getBytes(StandardCharsets.UTF_8).length;
            if (length <= LIMIT) {
                return new Text(all, false);
            }
        }
        var first = new String(kept, 0, Math.min(HALF, kept.length), StandardCharsets.UTF_8);
        int from = Math.max(0, kept.length - HALF);
        var last = withoutLineEnd(new String(kept, from, kept.length - from, StandardCharsets.UTF_8));
        first = fitting(first, true);
        last = fitting(last, false);
        int shown = first.getBytes(StandardCharsets.UTF_8).length + last.getBytes(StandardCharsets.UTF_8).length;
        return new Text(first + "\n[... " + Math.max(1, total - shown) + " bytes left out ...]\n" + last, true);
    }

    /** The part of a text that HALF bytes hold, without the broken characters where it was cut. */
    private static String fitting(String text, boolean fromStart) {
        int characters = text.length();
        int bytes = 0;
        int used = 0;
        while (used < characters) {
            int code = fromStart ? text.codePointAt(used) : text.codePointBefore(characters - used);
            int size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
            if (bytes + size > HALF) {
                break;
            }
            bytes += size;
            used += Character.charCount(code);
        }
        var part = fromStart ? text.substring(0, used) : text.substring(characters - used);
        int broken = 0;
        while (broken < Math.min(3, part.length())
                && part.charAt(fromStart ? part.length() - 1 - broken : broken) == '\uFFFD') {
            broken++;
        }
        return fromStart ? part.substring(0, part.length() - broken) : part.substring(broken);
    }

    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
