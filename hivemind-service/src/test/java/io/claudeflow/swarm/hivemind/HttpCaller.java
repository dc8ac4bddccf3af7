package io.claudeflow.swarm.hivemind;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.hivemind.adapter.http.OpenApi;
import io.claudeflow.swarm.kit.bus.Json;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Somebody who speaks HTTP to replicas, with one token; fails when an answer is not what the API's description says. */
final class HttpCaller implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    /** What was answered. */
    record Answer(int status, JsonNode json, HttpResponse<String> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text(String field) {
            return json.path(field).asText();
        }
    }

    HttpCaller(String token) {
        this.token = token;
    }

    Answer get(String host, String path) throws Exception {
        return send(request(host, path).GET());
    }

    Answer post(String host, String path, String body) throws Exception {
        return send(request(host, path).POST(BodyPublishers.ofString(body)));
    }

    Answer patch(String host, String path, String body) throws Exception {
        return send(request(host, path).method("PATCH", BodyPublishers.ofString(body)));
    }

    CompletableFuture<Answer> getLater(String host, String path) {
        return client.sendAsync(request(host, path).GET().build(), BodyHandlers.ofString())
                .thenApply(HttpCaller::answer);
    }

    Answer send(HttpRequest.Builder request) throws Exception {
        return answer(client.send(request.build(), BodyHandlers.ofString()));
    }

    HttpRequest.Builder request(String host, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + MeshPorts.GATEWAY + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            var body = Json.MAPPER.readTree(json ? response.body() : "{}");
            if (json) {
                OpenApi.fits(response.statusCode() >= 400 ? "Problem" : body.has("tasks") ? "Tasks" : "Task", body);
            }
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
