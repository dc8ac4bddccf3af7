package io.claudeflow.swarm.local.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once on one HTTP/2 connection, as kubectl and informers make them, beside an answer that fills its buffer. */
class ManyStreamsIT {
    private static final int ROUNDS = 60;
    private static final int AT_ONCE = 16;
    /** As the JDK's client has it: the server's buffer fills before the window does. */
    private static final int WINDOW = 16 << 20;
    private static final String LARGE = "/api/v1/namespaces/default/configmaps/large";
    private static final String SMALL = "/api/v1/namespaces/default";

    @Test
    void everyOneIsAnswered(@TempDir Path folder) {
        try (var server = TestServer.start(folder); var client = server.client()) {
            client.configMaps()
                    .resource(new ConfigMapBuilder().withNewMetadata()
                            .withName("large")
                            .endMetadata()
                            .withData(Map.of("text", "x".repeat(100_000)))
                            .build())
                    .create();
            var http = server.vertx()
                    .createHttpClient(new HttpClientOptions().setSsl(true)
                            .setUseAlpn(true)
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ConnectionWindowSize(WINDOW)
                            .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW))
                            .setTrustOptions(
                                    new PemTrustOptions().addCertValue(Buffer.buffer(server.credentials().caPem()))));
            for (int round = 0; round < ROUNDS; round++) {
                var answers = IntStream.range(0, AT_ONCE)
                        .mapToObj(i -> get(http, server, i % 2 == 0 ? LARGE : SMALL))
                        .toList();
                answers.forEach(TestServer::await);
            }
            TestServer.await(http.close());
        }
    }

    private static Future<Buffer> get(HttpClient http, TestServer server, String path) {
        return http.request(new RequestOptions().setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(server.api().port())
                .setURI(path)
                .addHeader("Authorization", "Bearer " + server.credentials().adminToken()))
                .compose(request -> request.send())
                .compose(response -> {
                    assertEquals(200, response.statusCode());
                    return response.body();
                });
    }
}
