package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;

/** Which pod, once and for all. */
record PodName(String namespace, String name, String uid) {
    static PodName of(Pod pod) {
        var meta = pod.getMetadata();
        return new PodName(meta.getNamespace(), meta.getName(), meta.getUid());
    }

    /** The name of its folders. */
    String folder() {
        return namespace + "_" + name + "_" + uid;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
