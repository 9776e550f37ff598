using Fairlead.Domain.Runs;

namespace Fairlead.Steps;

/// <param name="Step">Its name in the graph, such as <c>train[customer=acme]</c>.</param>
/// <param name="Run">The run that was executed or reused; null when there is none.</param>
/// <param name="Reason">Why it was executed, reused or left out; for a failure, what went wrong.</param>
public sealed record StepResult(string Step, RunBrief? Run, StepOutcome Outcome, string Reason);
