package io.claudeflow.swarm.local.api.rest;

import io.claudeflow.swarm.local.api.cel.CelRules;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.kind.Kinds;
import io.claudeflow.swarm.local.api.resource.Catalog;
import io.claudeflow.swarm.local.api.store.Store;
import java.time.Clock;

/** What every verb works on. */
public record Cluster(Store store, Catalog catalog, Kinds kinds, CelRules rules, Clock clock) {
    String now() {
        return Meta.timestamp(clock.instant());
    }
}
