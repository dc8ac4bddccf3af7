package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a pod's status when it has changed, and only to the pod of that UID. Blocking; confined to the pod's worker. */
final class PodStatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PodStatusWriter.class);

    private final KubernetesClient client;
    private final PodName name;
    private PodStatus last;

    PodStatusWriter(KubernetesClient client, PodName name, PodStatus last) {
        this.client = client;
        this.name = name;
        this.last = last;
    }

    /** The status as last written, or as the API had it at first. */
    PodStatus last() {
        return last;
    }

    /** False when the API server could not be reached and the status is to be written again. */
    boolean write(PodStatus status) {
        if (status.equals(last)) {
            return true;
        }
        var body = client.getKubernetesSerialization().asJson(status);
        var patch = "{\"metadata\":{\"uid\":\"" + name.uid() + "\"},\"status\":" + body + "}";
        try {
            client.pods()
                    .inNamespace(name.namespace())
                    .withName(name.name())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            last = status;
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                // Gone, or another pod by that name: the watch will tell.
                return true;
            }
            LOG.atDebug().addKeyValue("pod", name).setCause(e).log("status not written, trying again");
            return false;
        }
    }
}
