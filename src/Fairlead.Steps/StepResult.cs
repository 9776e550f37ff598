using Fairlead.Domain.Runs;

namespace Fairlead.Steps;

/// <param name="Run">The run that was executed or reused; null when the step was skipped.</param>
/// <param name="Reason">Why it was executed, reused or skipped; for a failure, what went wrong.</param>
public sealed record StepResult(string Step, Run? Run, StepOutcome Outcome, string Reason);
