package io.claudeflow.swarm.local.kubeapi;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.kubeapi.KubeApiServer.ServerProcess;
import io.claudeflow.swarm.local.process.ProcessGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The two command lines. */
record Programs(KubeApiServerConfig wanted, Ports ports, Credentials credentials) {
    private static final String LOOPBACK = "127.0.0.1";

    ServerProcess start(String name, List<String> command) {
        var folder = wanted.directory();
        var log = folder.resolve(name + ".log");
        var record = folder.resolve(name + ".pid");
        var spec = new ProcessGroup.Spec(command, Map.of("PATH", wanted.path().toString()), folder, log);
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot replace " + log + ": " + e.getMessage(), e);
        }
        return new ServerProcess(name, ProcessGroup.start(spec, wanted.path(), record), log, record);
    }

    List<String> etcd(Path program) {
        var client = "https://" + LOOPBACK + ":" + ports.store();
        var peer = "https://" + LOOPBACK + ":" + ports.peer();
        var certificate = credentials.certificate("etcd");
        var key = credentials.key("etcd");
        // The gateway is etcd's REST API; it would call etcd with the server's certificate, which is no client's.
        return List.of(program.toString(), "--name=local", "--data-dir=" + wanted.directory().resolve("etcd"),
                "--listen-client-urls=" + client, "--advertise-client-urls=" + client, "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer, "--initial-cluster=local=" + peer, "--log-level=warn",
                "--enable-grpc-gateway=false", "--client-cert-auth", "--trusted-ca-file=" + credentials.ca(),
                "--cert-file=" + certificate, "--key-file=" + key, "--peer-client-cert-auth",
                "--peer-trusted-ca-file=" + credentials.ca(), "--peer-cert-file=" + certificate,
                "--peer-key-file=" + key);
    }

    List<String> api(Path program) {
        return List.of(program.toString(), "--etcd-servers=https://" + LOOPBACK + ":" + ports.store(),
                "--etcd-cafile=" + credentials.ca(), "--etcd-certfile=" + credentials.certificate("etcd-client"),
                "--etcd-keyfile=" + credentials.key("etcd-client"), "--bind-address=" + LOOPBACK,
                "--advertise-address=" + LOOPBACK, "--secure-port=" + ports.api(),
                "--tls-cert-file=" + credentials.certificate("kube-apiserver"),
                "--tls-private-key-file=" + credentials.key("kube-apiserver"), "--client-ca-file=" + credentials.ca(),
                "--token-auth-file=" + credentials.tokens(), "--cert-dir=" + wanted.directory().resolve("certs"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + credentials.certificate("service-accounts"),
                "--service-account-signing-key-file=" + credentials.key("service-accounts"),
                "--kubelet-client-certificate=" + credentials.certificate("kubelet-client"),
                "--kubelet-client-key=" + credentials.key("kubelet-client"),
                "--kubelet-certificate-authority=" + credentials.ca(), "--kubelet-preferred-address-types=InternalIP",
                "--authorization-mode=RBAC", "--service-cluster-ip-range=10.96.0.0/16", "--allow-privileged=true",
                "--endpoint-reconciler-type=none", "--profiling=false",
                // A client that has all its watches on one connection holds a stream for each.
                "--http2-max-streams-per-connection=10000");
    }
}
