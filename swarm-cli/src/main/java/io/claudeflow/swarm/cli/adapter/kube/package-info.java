/**
 * A Kubernetes API server as the commands need it: discovery, server-side Tables, JSON in and out, server-side apply, streams.
 * Sign-in and TLS are fabric8's; requests are plain, because a command line prints what the server says and knows no kind.
 * Every call blocks and has a deadline, but streams. Any thread.
 */
@NullMarked
package io.claudeflow.swarm.cli.adapter.kube;

import org.jspecify.annotations.NullMarked;
