package io.claudeflow.swarm.local.controllers;

/** One controller. Its handlers are registered when it is made; its work starts with the informers. */
interface Controller extends AutoCloseable {
    /** Ends its work; waits at most 5 s for what runs. */
    @Override
    void close();
}
