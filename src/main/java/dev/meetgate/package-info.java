/**
 * MeetGate: a gateway between a company's services and its users' GoToMeeting accounts.
 *
 * <pre>
 *  console                             what operators see
 *  connect · history                   users' connections │ past sessions
 *  meetings · account · raw            upcoming meetings │ users' accounts at GoTo │ GoTo's own calls
 *  gotoapi                             what all calls to GoTo's API share
 *  vault                               connections and tokens
 *  budget · oauth · events · audit     rate limit │ GoTo's authorization server │ webhooks │ who did what
 *  upkeep · pages                      work without a caller │ the design of pages
 *  database                            PostgreSQL
 *  reactive                            asynchronous work
 *  caller                              tenants, users, deadlines
 *  issuer                              keys and metadata of issuers of tokens
 *  http · secret                       what all answers share │ sealing
 *  problem                             expected failures
 *
 *  beside: settings and doctor (before anything starts) · openapi (build time)
 * </pre>
 *
 * <p>A package knows only packages of the rows below its own. {@code ArchitectureTest.MAY_KNOW} is the list.
 * {@code ArchitectureTest} checks it, and the owner of each table.
 */
package dev.meetgate;
