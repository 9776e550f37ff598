using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Events;

/// <param name="Reason">What differs from the latest successful run, or <c>first run</c>.</param>
public sealed record StepStarted(RunId RunId, string Step, string Reason) : StepEvent;
