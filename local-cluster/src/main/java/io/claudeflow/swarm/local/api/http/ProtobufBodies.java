package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes Kubernetes' protobuf of built-in kinds: {@code k8s\0}, an envelope with apiVersion and kind, and the message itself. Field
 * numbers come from Kubernetes' own .proto files, types from its OpenAPI. Newer kubectl sends it for some commands and has no fallback.
 */
final class ProtobufBodies {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final String INLINED = ">";
    /** Go writes the zero of every other field, and JSON leaves it out. */
    private static final String POINTER = "*";

    private final Schemas schemas;

    ProtobufBodies(Schemas schemas) {
        this.schemas = schemas;
    }

    /** The object as JSON. @throws ApiException 400 when it cannot be read, 415 for a kind that is not known here */
    ObjectNode decode(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw ApiException
                    .badRequest("provided data does not appear to be a protobuf message, expected prefix k8s");
        }
        try {
            return envelope(CodedInputStream.newInstance(body, MAGIC.length, body.length - MAGIC.length));
        } catch (IOException e) {
            throw ApiException.badRequest("the protobuf body cannot be read: " + e.getMessage());
        }
    }

    private ObjectNode envelope(CodedInputStream in) throws IOException {
        var apiVersion = "";
        var kind = "";
        byte[] raw = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    var type = CodedInputStream.newInstance(in.readByteArray());
                    for (int t = type.readTag(); t != 0; t = type.readTag()) {
                        var text = type.readString();
                        if (WireFormat.getTagFieldNumber(t) == 1) {
                            apiVersion = text;
                        } else {
                            kind = text;
                        }
                    }
                }
                case 2 -> raw = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        var definition = schemas.definitionOf(apiVersion, kind);
        if (definition.isEmpty()) {
            throw ApiException.unsupportedMediaType("protobuf of " + apiVersion + " " + kind
                    + " is not read here: send application/json");
        }
        var out = KubeJson.object().put("apiVersion", apiVersion).put("kind", kind);
        message(definition, schemas.builtIn(definition), raw, out);
        return out;
    }

    private void message(String definition, Schema schema, byte[] bytes, ObjectNode out) throws IOException {
        var numbers = schemas.fieldNumbers(definition);
        var in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            var number = String.valueOf(WireFormat.getTagFieldNumber(tag));
            var entry = numbers == null ? "" : numbers.path(number).asText("");
            if (entry.startsWith(INLINED)) {
                message(entry.substring(1), schema, in.readByteArray(), out);
                continue;
            }
            boolean pointer = entry.endsWith(POINTER);
            var field = pointer ? entry.substring(0, entry.length() - 1) : entry;
            var property = schema.declared(field);
            if (property == null) {
                in.skipField(tag);
            } else {
                field(property, WireFormat.getTagWireType(tag), in, out, field, pointer);
            }
        }
    }

    private void field(Schema property, int wire, CodedInputStream in, ObjectNode out, String name, boolean pointer)
            throws IOException {
        switch (wire) {
            case WireFormat.WIRETYPE_VARINT -> {
                long value = in.readInt64();
                if (property.type().equals("boolean") && (pointer || value != 0)) {
                    out.put(name, value != 0);
                } else if (pointer || value != 0) {
                    out.put(name, value);
                }
            }
            case WireFormat.WIRETYPE_FIXED64 -> out.put(name, in.readDouble());
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                byte[] bytes = in.readByteArray();
                if (property.type().equals("array")) {
                    out.withArray(name).add(value(property.items(), bytes));
                } else if (property.additional() instanceof Schema values) {
                    entry(values, bytes, KubeJson.child(out, name));
                } else {
                    var value = value(property, bytes);
                    boolean unset = value.isNull() || (value.isTextual() && value.textValue().isEmpty());
                    if (pointer || !unset) {
                        out.set(name, value);
                    }
                }
            }
            default -> throw new IOException("wire type " + wire + " of field " + name + " is not expected");
        }
    }

    private void entry(Schema values, byte[] bytes, ObjectNode map) throws IOException {
        var in = CodedInputStream.newInstance(bytes);
        var key = "";
        JsonNode value = TextNode.valueOf("");
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                key = in.readString();
            } else {
                value = value(values, in.readByteArray());
            }
        }
        map.set(key, value);
    }

    private JsonNode value(Schema schema, byte[] bytes) throws IOException {
        if (schema.intOrString()) {
            return intOrString(bytes);
        }
        if (schema.quantity()) {
            return TextNode.valueOf(first(bytes));
        }
        var definition = schema.definition();
        if (definition.endsWith(".RawExtension") || definition.endsWith(".FieldsV1") || definition.endsWith(".JSON")) {
            return KubeJson.parse(first(bytes));
        }
        return switch (schema.type()) {
            case "string" -> definition.endsWith("Time")
                    ? time(bytes)
                    : TextNode.valueOf(schema.source().path("format").asText("").equals("byte")
                            ? Base64.getEncoder().encodeToString(bytes)
                            : new String(bytes, StandardCharsets.UTF_8));
            case "array" -> {
                // A named list (ExtraValue, Verbs): its items are field 1 of a message.
                var list = KubeJson.array();
                var in = CodedInputStream.newInstance(bytes);
                for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                    list.add(value(schema.items(), in.readByteArray()));
                }
                yield list;
            }
            default -> {
                var out = KubeJson.object();
                message(definition, schema, bytes, out);
                yield out;
            }
        };
    }

    /** The text in field 1 of a message. */
    private static String first(byte[] bytes) throws IOException {
        var in = CodedInputStream.newInstance(bytes);
        return in.readTag() == 0 ? "" : in.readString();
    }

    private static JsonNode time(byte[] bytes) throws IOException {
        var in = CodedInputStream.newInstance(bytes);
        long seconds = 0;
        long nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                seconds = in.readInt64();
            } else {
                nanos = in.readInt64();
            }
        }
        return bytes.length == 0
                ? KubeJson.MAPPER.nullNode()
                : TextNode.valueOf(Instant.ofEpochSecond(seconds, nanos).toString());
    }

    private static JsonNode intOrString(byte[] bytes) throws IOException {
        var in = CodedInputStream.newInstance(bytes);
        long kind = 0;
        long number = 0;
        var text = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> kind = in.readInt64();
                case 2 -> number = in.readInt64();
                default -> text = in.readString();
            }
        }
        return kind == 0 ? KubeJson.MAPPER.getNodeFactory().numberNode(number) : TextNode.valueOf(text);
    }
}
