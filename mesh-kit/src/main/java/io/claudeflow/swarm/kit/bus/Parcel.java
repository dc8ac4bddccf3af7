package io.claudeflow.swarm.kit.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way: the record itself inside a JVM, its JSON across JVMs. The receiver reads JSON as the type that its
 * channel declares, so no class name travels and none is loaded on a peer's word.
 */
final class Parcel {
    private final Class<?> type;
    private final @Nullable Object value;
    private final byte[] json;

    private Parcel(Class<?> type, @Nullable Object value, byte[] json) {
        this.type = type;
        this.value = value;
        this.json = json;
    }

    static Parcel of(Class<?> type, Object value) {
        return new Parcel(type, value, new byte[0]);
    }

    <T> T as(Class<T> wanted) throws IOException {
        return value != null ? wanted.cast(value) : Json.MAPPER.readValue(json, wanted);
    }

    /** Writes JSON only when the message leaves the JVM. */
    static final class Codec implements MessageCodec<Parcel, Parcel> {
        static final String NAME = "swarm-parcel";

        @Override
        public void encodeToWire(Buffer buffer, Parcel parcel) {
            byte[] json = parcel.json;
            if (parcel.value != null) {
                try {
                    json = Json.MAPPER.writerFor(parcel.type).writeValueAsBytes(parcel.value);
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException("no JSON for " + parcel.type.getSimpleName(), e);
                }
            }
            buffer.appendInt(json.length).appendBytes(json);
        }

        @Override
        public Parcel decodeFromWire(int position, Buffer buffer) {
            int length = buffer.getInt(position);
            return new Parcel(Object.class, null, buffer.getBytes(position + 4, position + 4 + length));
        }

        @Override
        public Parcel transform(Parcel parcel) {
            return parcel;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
