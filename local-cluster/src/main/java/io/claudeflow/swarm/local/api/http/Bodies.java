package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads request bodies: JSON, YAML, and the protobuf that kubectl sends for built-in kinds. */
final class Bodies {
    private final ProtobufBodies protobuf;

    Bodies(Schemas schemas) {
        this.protobuf = new ProtobufBodies(schemas);
    }

    /** YAML is loaded when someone first sends it. */
    private static final class Yaml {
        private static final YAMLMapper MAPPER = new YAMLMapper();
    }

    /** An object. @throws ApiException 400 or 415 */
    ObjectNode object(byte[] body, String contentType) {
        var type = contentType.split(";", 2)[0].strip();
        if (type.equals("application/vnd.kubernetes.protobuf")) {
            return protobuf.decode(body);
        }
        if (!type.isEmpty() && !type.equals("application/json") && !type.endsWith("yaml")) {
            throw ApiException.unsupportedMediaType("the body of the request was in an unknown format - accepted media"
                    + " types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");
        }
        if (tree(body, type) instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the body of the request is no object");
    }

    /** DeleteOptions, which may be left out. */
    ObjectNode optional(byte[] body, String contentType) {
        return body.length == 0 ? KubeJson.object() : object(body, contentType);
    }

    /** A patch, which may be a list. */
    JsonNode patch(byte[] body, String contentType) {
        return tree(body, contentType);
    }

    private static JsonNode tree(byte[] body, String type) {
        try {
            boolean json = !type.contains("yaml") || looksLikeJson(body);
            var tree = json ? KubeJson.MAPPER.readTree(body) : Yaml.MAPPER.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw ApiException.badRequest("the body of the request is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the object provided is unrecognized (must be of type "
                    + "application/json or application/yaml): " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Server-side apply is sent as YAML by name, and mostly is JSON. */
    private static boolean looksLikeJson(byte[] body) {
        for (byte b : body) {
            if (!Character.isWhitespace(b)) {
                return b == '{';
            }
        }
        return false;
    }
}
