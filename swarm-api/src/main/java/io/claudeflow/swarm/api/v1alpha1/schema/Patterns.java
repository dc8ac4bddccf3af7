package io.claudeflow.swarm.api.v1alpha1.schema;

/** Regular expressions of the schemas, short enough to be read in an error message. */
public final class Patterns {
    /** {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 2d}. */
    public static final String DURATION = "^([0-9]{1,9}(ms|s|m|h|d)){1,5}$";
    /** {@code 250m}, {@code 0.5}, {@code 2Gi}. */
    public static final String QUANTITY = "^[0-9]+([.][0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";
    /** A quantity or a duration. */
    public static final String TARGET = "^[0-9]+([.][0-9]+)?(ms|s|m|h|d|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";
    /** Agent types, names of subtasks, models, volumes and alerts. */
    public static final String NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    public static final String PATH = "^/[^:]*$";
    public static final int NAME_LENGTH = 63;
    public static final int DURATION_LENGTH = 32;
    public static final int PATH_LENGTH = 512;
    public static final int SCRIPT_LENGTH = 262_144;

    private Patterns() {}
}
