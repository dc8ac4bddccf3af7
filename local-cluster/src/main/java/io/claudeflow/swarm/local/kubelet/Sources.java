package io.claudeflow.swarm.local.kubelet;

import java.util.Map;
import java.util.Optional;

/** The objects from which environments and volumes are made. Blocking. */
interface Sources {
    /** The data of a ConfigMap, text and binary together, as bytes. */
    Optional<Map<String, byte[]>> configMap(String namespace, String name);

    /** The data of a Secret. */
    Optional<Map<String, byte[]>> secret(String namespace, String name);
}
