package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.operator.condition.Catalogue;

/** Why an object that is to exist does not. */
public sealed interface Hindrance {
    /** A stable word of the catalogue. */
    String reason();

    /** What, and what to do. */
    String sentence();

    /** Somebody else's object has the name. */
    record NameTaken(String kind, String name) implements Hindrance {
        @Override
        public String reason() {
            return Catalogue.NAME_TAKEN;
        }

        @Override
        public String sentence() {
            return kind + " '" + name + "' exists and was not made for this SwarmCluster; delete or rename it.";
        }
    }

    /** It is that of an earlier SwarmCluster of the same name, which is still being removed. */
    record Former(String kind, String name) implements Hindrance {
        @Override
        public String reason() {
            return Catalogue.STARTING;
        }

        @Override
        public String sentence() {
            return kind + " '" + name + "' of an earlier SwarmCluster of this name is still being removed.";
        }
    }

    /** The API server said no. */
    record Refused(String kind, String name, String words) implements Hindrance {
        @Override
        public String reason() {
            return Catalogue.REFUSED;
        }

        @Override
        public String sentence() {
            return "The API server refused " + kind + " '" + name + "': " + words;
        }
    }
}
