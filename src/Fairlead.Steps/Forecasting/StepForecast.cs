using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Forecasting;

/// <summary>What running a step would come to.</summary>
/// <param name="Step">Its name in the graph, such as <c>train[customer=acme]</c>.</param>
/// <param name="Run">The run that would be reused; otherwise null.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record StepForecast(string Step, StepFate Fate, RunBrief? Run, string Reason);
