package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What all pods of a node share.
 *
 * @param pods       the folder of the pods' folders
 * @param images     how to start each image, by repository
 * @param hostIp     the node's address
 * @param apiHost    where pods reach the API server
 * @param apiPort    its port
 * @param resources  the node's allocatable resources
 */
record NodeContext(KubernetesClient client, EventRecorder events, Path pods, Map<String, Image> images,
        ContainerRuntime runtime, PodLogs logs, PodAddresses addresses, HostsKeeper hosts, ApiSources sources,
        Tokens tokens,
        String hostIp, String apiHost, int apiPort, Map<String, Quantity> resources) {
    /** The variables that every container gets. */
    Map<String, String> given(String hostname) {
        var given = new HashMap<String, String>();
        given.put("KUBERNETES_SERVICE_HOST", apiHost);
        given.put("KUBERNETES_SERVICE_PORT", Integer.toString(apiPort));
        given.put("KUBERNETES_SERVICE_PORT_HTTPS", Integer.toString(apiPort));
        given.put("HOSTNAME", hostname);
        return given;
    }
}
