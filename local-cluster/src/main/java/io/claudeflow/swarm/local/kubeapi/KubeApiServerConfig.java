package io.claudeflow.swarm.local.kubeapi;

import io.claudeflow.swarm.local.process.SearchPath;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to run a real API server.
 *
 * @param programs     where etcd and kube-apiserver are looked for
 * @param path         where the system's own programs are looked for
 * @param directory    for data, logs and ports
 * @param kubeconfig   the administrator's access file that is written
 * @param name         of cluster and context in it
 * @param pki          the folder of the cluster's authority and of what it issues
 * @param startTimeout until it must be ready
 */
public record KubeApiServerConfig(SearchPath programs, SearchPath path, Path directory, Path kubeconfig, String name,
        Path pki, Duration startTimeout) {}
