package io.millrace.filter.feel;

/**
 * What looks wrong in an expression that can be run.
 *
 * @param line from 1
 * @param column from 1
 * @param reason a sentence for the expression's author
 */
public record Warning(int line, int column, String reason) {}
