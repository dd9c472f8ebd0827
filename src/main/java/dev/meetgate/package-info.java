/**
 * MeetGate: a gateway between a company's services and its users' GoToMeeting accounts.
 *
 * <pre>
 *  console                                    what operators see
 *      │
 *  connect    meetings ◄── history    raw     what callers and browsers ask for
 *      │   \      │         / │       /
 *      │    account ◄──────┼─┘      /         users' accounts at GoTo
 *       \       \         /       /
 *        └───────┴── gotoapi ────┘            calls to GoTo's API: clients, filters, errors, data formats
 *                    /       \
 *                vault       budget           connections and tokens │ rate limit of GoTo
 *                /  |  \
 *           oauth events audit                authorization server │ outbox, feed, webhooks │ who did what
 *              |     \  /
 *           secret  upkeep                    sealing │ work without a caller
 *  ground: problem · caller · http · database · reactive, and pages above it
 *  beside: settings and doctor (before anything starts) · openapi (build time)
 * </pre>
 *
 * <p>A package knows only those below it. {@code ArchitectureTest} checks that, and the owner of each table.
 */
package dev.meetgate;
