@NullMarked
package io.claudeflow.swarm.local.controllers;

import org.jspecify.annotations.NullMarked;
