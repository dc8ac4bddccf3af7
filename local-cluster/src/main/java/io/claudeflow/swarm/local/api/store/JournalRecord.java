package io.claudeflow.swarm.local.api.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.GroupResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: eight hex digits of CRC-32C, a space, JSON, a line feed.
 *
 * @param key    null for the first line, which only says the revision and that this is a journal
 * @param object the new state, or null for a deletion
 */
record JournalRecord(long revision, @Nullable ObjectKey key, @Nullable ObjectNode object) {
    private static final int CRC_DIGITS = 8;
    private static final int FORMAT = 1;

    static JournalRecord header(long revision) {
        return new JournalRecord(revision, null, null);
    }

    static JournalRecord of(Change change) {
        return new JournalRecord(change.revision(), change.key(),
                change.type() == Change.Type.DELETED ? null : change.object());
    }

    void write(ByteArrayOutputStream out) {
        var json = KubeJson.object().put("revision", revision);
        if (key == null) {
            json.put("format", FORMAT);
        } else {
            json.put("group", key.resource().group()).put("resource", key.resource().plural());
            if (object == null) {
                json.put("namespace", key.namespace()).put("name", key.name());
            } else {
                json.set("object", object);
            }
        }
        byte[] bytes = KubeJson.bytes(json);
        out.writeBytes(crc(bytes, 0, bytes.length).getBytes(StandardCharsets.US_ASCII));
        out.write(' ');
        out.writeBytes(bytes);
        out.write('\n');
    }

    /** Reads the line between two places of a buffer, line feed excluded; empty when it is damaged. */
    static Optional<JournalRecord> read(byte[] buffer, int from, int to) {
        int body = from + CRC_DIGITS + 1;
        if (to <= body || buffer[body - 1] != ' ') {
            return Optional.empty();
        }
        var expected = new String(buffer, from, CRC_DIGITS, StandardCharsets.US_ASCII);
        if (!expected.equals(crc(buffer, body, to - body))) {
            return Optional.empty();
        }
        try {
            var json = KubeJson.MAPPER.readTree(buffer, body, to - body);
            long revision = json.path("revision").asLong();
            if (!json.has("resource")) {
                return Optional.of(header(revision));
            }
            var resource = new GroupResource(KubeJson.string(json, "group"), KubeJson.string(json, "resource"));
            if (json.get("object") instanceof ObjectNode object) {
                return Optional.of(new JournalRecord(revision, ObjectKey.of(resource, object), object));
            }
            var key = new ObjectKey(resource, KubeJson.string(json, "namespace"), KubeJson.string(json, "name"));
            return Optional.of(new JournalRecord(revision, key, null));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
