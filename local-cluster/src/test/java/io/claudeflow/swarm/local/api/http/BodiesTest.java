package io.claudeflow.swarm.local.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.CodedOutputStream;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodiesTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private final Bodies bodies = new Bodies(new Schemas());

    private interface Fields {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        fields.to(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] envelope(String apiVersion, String kind, byte[] raw) throws IOException {
        var type = message(out -> {
            out.writeString(1, apiVersion);
            out.writeString(2, kind);
        });
        var unknown = message(out -> {
            out.writeByteArray(1, type);
            out.writeByteArray(2, raw);
        });
        var all = new ByteArrayOutputStream();
        all.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(unknown);
        return all.toByteArray();
    }

    @Test
    void readsProtobufOfBuiltInKinds() throws IOException {
        var label = message(out -> {
            out.writeString(1, "app");
            out.writeString(2, "web");
        });
        var meta = message(out -> {
            out.writeString(1, "s");
            out.writeString(2, "");
            out.writeByteArray(8, new byte[0]);
            out.writeByteArray(11, label);
        });
        var entry = message(out -> {
            out.writeString(1, "key");
            out.writeByteArray(2, new byte[]{1, 2});
        });
        var secret = message(out -> {
            out.writeByteArray(1, meta);
            out.writeByteArray(2, entry);
            out.writeString(3, "Opaque");
            out.writeBool(5, true);
        });
        assertEquals(KubeJson.parse("""
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "labels": {"app": "web"}},
                 "data": {"key": "AQI="}, "type": "Opaque", "immutable": true}"""),
                bodies.object(envelope("v1", "Secret", secret), PROTOBUF));
    }

    @Test
    void keepsZerosOnlyWhereTheyMeanSomething() throws IOException {
        var spec = message(out -> {
            out.writeInt32(1, 0);
            out.writeInt32(5, 0);
            out.writeBool(7, false);
        });
        var deployment = message(out -> out.writeByteArray(2, spec));
        assertEquals(
                KubeJson.parse("{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"spec\": {\"replicas\": 0}}")
                        .toString(),
                bodies.object(envelope("apps/v1", "Deployment", deployment), PROTOBUF).toString());
    }

    @Test
    void refusesProtobufOfWhatItDoesNotKnow() throws IOException {
        var body = envelope("example.io/v1", "Widget", new byte[0]);
        assertEquals(415, assertThrows(ApiException.class, () -> bodies.object(body, PROTOBUF)).code());
        assertEquals(400, assertThrows(ApiException.class, () -> bodies.object(new byte[]{1}, PROTOBUF)).code());
    }

    @Test
    void readsJsonAndYaml() {
        assertEquals("b",
                bodies.object("{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8), "application/json").path("a").asText());
        assertEquals("b",
                bodies.object("a: b".getBytes(StandardCharsets.UTF_8), "application/yaml").path("a").asText());
        assertEquals(400, assertThrows(ApiException.class, () -> bodies.object("{".getBytes(StandardCharsets.UTF_8),
                "application/json")).code());
        assertEquals(415, assertThrows(ApiException.class, () -> bodies.object("x".getBytes(StandardCharsets.UTF_8),
                "text/plain")).code());
    }

    @Test
    void pathsNameResources() {
        assertEquals(Optional.of(new RequestPath("", "v1", "n", "pods", "p", "log")),
                RequestPath.parse("/api/v1/namespaces/n/pods/p/log"));
        assertEquals(Optional.of(new RequestPath("", "v1", "", "namespaces", "n", "")),
                RequestPath.parse("/api/v1/namespaces/n"));
        assertEquals(Optional.of(new RequestPath("", "v1", "", "namespaces", "n", "finalize")),
                RequestPath.parse("/api/v1/namespaces/n/finalize"));
        assertEquals(Optional.of(new RequestPath("apps", "v1", "", "deployments", "", "")),
                RequestPath.parse("/apis/apps/v1/deployments"));
        assertEquals(Optional.empty(), RequestPath.parse("/metrics"));
    }

    @Test
    void theFirstFormThatIsServedIsTaken() {
        assertEquals(Accepted.TABLE, Accepted.of("application/json;as=Table;v=v1;g=meta.k8s.io,application/json"));
        assertEquals(Accepted.METADATA,
                Accepted.of("application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,"
                        + "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json"));
        assertEquals(Accepted.OBJECTS, Accepted.of(""));
        assertEquals(406, assertThrows(ApiException.class, () -> Accepted.of(PROTOBUF)).code());
    }
}
