/** What a user may say about the pods of a swarm: resources, volumes, secrets, names of agents. Shared by the kinds. */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1.pod;

import org.jspecify.annotations.NullMarked;
