package io.claudeflow.swarm.local.api.http;

import io.claudeflow.swarm.local.api.auth.Reviews;
import io.claudeflow.swarm.local.api.auth.ServiceAccountTokens;
import io.claudeflow.swarm.local.api.rest.Creation;
import io.claudeflow.swarm.local.api.rest.Deletion;
import io.claudeflow.swarm.local.api.rest.Listing;
import io.claudeflow.swarm.local.api.rest.NamespaceFinalizing;
import io.claudeflow.swarm.local.api.rest.Patching;
import io.claudeflow.swarm.local.api.rest.PodActions;
import io.claudeflow.swarm.local.api.rest.Scaling;
import io.claudeflow.swarm.local.api.rest.Updating;

/** Everything that a resource request can ask for. */
public record Verbs(Creation creation, Updating updating, Patching patching, Deletion deletion, Listing listing,
        Scaling scaling, PodActions pods, NamespaceFinalizing namespaces, Reviews reviews,
        ServiceAccountTokens tokens) {}
