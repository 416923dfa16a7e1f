package io.millrace.filter.feel;

import io.millrace.filter.feel.closure.Program;
import org.kie.dmn.feel.lang.ast.BaseNode;

/** A text that was taken: the engine's tree, and what runs. */
record Parsed(BaseNode tree, Program program) {}
