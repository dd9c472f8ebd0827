/**
 * MeetGate: a gateway between a company's services and its users' GoToMeeting accounts.
 *
 * <pre>
 *  connect    meetings ◄── history    raw     features: resources, records, tables, and how their rows expire
 *      │   \      │         / │       /
 *      │    account ◄──────┼─┘      /         who a user is at GoTo
 *       \       \         /       /
 *        └───────┴── gotoapi ────┘            every call to GoTo's API: clients, filters, errors, wire vocabulary
 *                    /       \
 *                vault       budget           connections and tokens │ who may call GoTo when
 *                  │  \
 *               oauth  upkeep                 GoTo's authorization server │ what is due though nobody calls
 *                  │
 *               secret
 *  ground: problem · caller · http · database · reactive
 *  beside: settings (before anything starts) · openapi (build time)
 * </pre>
 *
 * <p>A package knows only those below it. {@code ArchitectureTest} holds that, and the one owner of each table.
 */
package dev.meetgate;
