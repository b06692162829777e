/**
 * The taxonomy: which event types there are and what each must look like, compiled once from JSON Schemas (2020-12).
 *
 * <pre>
 *   schema files -> TaxonomyCompiler -> Taxonomy
 *                                         |  newScanner()   EventScanner: tokens -> "certainly valid", or nothing
 *                                         |                   RootRules, Rule, Acceptor: schemas as questions to a token
 *                                         |  explain()      Library (networknt) on a tree -> Messages -> faults
 *   StrictJson, Utf8: the one way in which JSON is read
 * </pre>
 *
 * <p>Promise: what it calls valid, the validator library calls valid too; a rejection is always the library's own.
 * Refuses: to read files, to fetch anything.
 *
 * <p>Decisions, November 2026:
 *
 * <ul>
 *   <li>Why two validators? Tree and library cost 7 us an event on the machine where the tokens cost 0.7; the acceptor's
 *       whole pass costs 1.5. It may be incomplete, never wrong: tests hold it to the library over generated schemas,
 *       mutated events and the JSON Schema Test Suite.
 *   <li>Why is an unknown keyword or format a fault, though the draft ignores both? A typo would switch a check off in
 *       silence. Notes of one's own begin with {@code x-}.
 *   <li>Why do faults point at the missing or the unknown member, while the library points at the object around it? A
 *       person mends the member; two unknown members of one object are two faults.
 *   <li>Why is {@code $id} of a file set aside? Files find each other by file name; addresses that are never fetched only
 *       look as if they were.
 *   <li>Why is a number of more than a thousand digits rejected even where no schema constrains it? Whether it is
 *       constrained is known only to the library, which must not be handed such a number.
 * </ul>
 */
@NullMarked
package io.headgate.taxonomy;

import org.jspecify.annotations.NullMarked;
