package io.claudeflow.swarm.hivemind.scheduler;

/**
 * Where an agent stands among those that may do the same.
 *
 * @param reserve it is given what gathers the results of others, and else only what no other agent here may do, be it busy or not
 * @param rank    lower ones are given work first, however busy they are as long as they have a place; among equals the load decides
 */
public record Place(boolean reserve, long rank) {
    /** Like all others. */
    public static final Place ANYWHERE = new Place(false, 0);
}
